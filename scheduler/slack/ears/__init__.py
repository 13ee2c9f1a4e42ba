"""The ways in which the service hears Slack. Each takes in the same, and answers once it is kept."""
