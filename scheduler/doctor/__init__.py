"""What is well and what is not, before and while the service runs. It only looks: nothing is written.

Facts are gathered from files, Slack and the database; checks are pure functions of them.
"""
