"""All that knows Slack: its events, methods and errors. No policy: nothing here decides what to say."""
