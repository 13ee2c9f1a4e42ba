"""What should happen, decided from facts, settings and `now`.

No I/O, no clock, no random, no third-party library.
"""
