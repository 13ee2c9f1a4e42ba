"""Everything that knows SQL. Actions reach it through the Protocols in `ports` only."""
