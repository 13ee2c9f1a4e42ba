"""Names under which the service remembers something from run to run."""

#: An instant: up to then everything was heard live, or caught up with.
ALIVE = "alive"
#: When the catch-up began that was not finished; empty when there is none.
BEHIND = "behind"
#: Before a channel: the beginning of the catch-up that read it last; empty when we came into it, or had to
#: leave it, since then.
HEARD = "heard:"
#: An instant: Slack asked that nothing be posted before it, whoever posts.
PAUSED = "paused_until"
#: When a complete list of members was read; who is new after that joined since then.
MEMBERS_SYNCED = "members_synced"
#: The history of the time before the service was taken in; what it was taken from.
SEEDED = "seeded"
#: The database was put back to an older state: an instant up to which that state knows everything.
RESTORED_SINCE = "restored_since"
#: When what was missed by that had been read back; empty until then.
RESTORED_UNTIL = "restored_until"
#: Before a user group's id: who is in it, as far as Slack told.
GROUP = "group:"
