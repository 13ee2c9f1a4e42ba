"""State changes, one verb function each: facts -> policy -> rows. No SQL, no Slack, no clock.

An action runs in a transaction given by its caller.
"""
