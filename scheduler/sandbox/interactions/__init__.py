"""Members press buttons, fill in modals, type commands and open the app's Home.

Source: https://docs.slack.dev/interactivity/handling-user-interaction/
"""
