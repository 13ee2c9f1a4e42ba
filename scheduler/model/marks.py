"""Names under which the service remembers something from run to run."""

#: An instant: up to then everything was heard live, or caught up with.
ALIVE = "alive"
#: When a complete list of members was read; who is new after that joined since then.
MEMBERS_SYNCED = "members_synced"
#: The history of the time before the service was taken in; what it was taken from.
SEEDED = "seeded"
