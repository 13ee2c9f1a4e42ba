"""`make bench`: how fast and how small the live service is, as ratios to baselines measured in the same run."""
