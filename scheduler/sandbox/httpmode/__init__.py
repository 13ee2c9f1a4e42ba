"""Events, interactions and commands as signed HTTP requests to the app's Request URL.

Sources: https://docs.slack.dev/apis/events-api/ and https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""
