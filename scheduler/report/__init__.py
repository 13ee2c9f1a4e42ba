"""What a simulation brought: figures, records, tables and the story of the sample community.

It counts and shows, and decides nothing. Members are named on a terminal, never in a file.
"""
