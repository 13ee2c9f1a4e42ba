"""Socket Mode: envelopes to any of up to ten WebSockets, and again until they are acknowledged.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""
