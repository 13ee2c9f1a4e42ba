"""The live service's moving parts: Slack's events in, our messages out. Knows no SQL and no wall clock."""
