"""Two weeks of the sample community in the stand-in for Slack, and the telling of them. Knows no service.

What people do follows the sample's script; what we do is read off what the stand-in received.
"""
