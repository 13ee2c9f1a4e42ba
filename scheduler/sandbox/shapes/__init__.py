"""Slack's objects as JSON, from the stand-in's own records. Nothing here changes anything."""
