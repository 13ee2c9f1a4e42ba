"""`make bench`: how fast and how small the live service is, with its baselines in the same run."""
