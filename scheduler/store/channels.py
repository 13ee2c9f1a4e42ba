"""Channels: their latest known name."""

from sqlalchemy import Connection, bindparam, or_, select

from scheduler.model.facts import ChannelDescribed
from scheduler.store.rows import DueMemo, Rows, table_of
from scheduler.store.tables import ChannelRow

CHANNELS = table_of(ChannelRow)
_GET = select(CHANNELS.c.name, CHANNELS.c.described_at).where(
    CHANNELS.c.team == bindparam("team"), CHANNELS.c.channel == bindparam("channel")
)
_BY_NAME = (
    select(CHANNELS.c.channel)
    .where(
        CHANNELS.c.team == bindparam("team"),
        or_(CHANNELS.c.name == bindparam("name"), CHANNELS.c.channel == bindparam("name")),
    )
    .order_by(CHANNELS.c.is_archived, CHANNELS.c.channel)
    .limit(1)
)


class ChannelRows(Rows):
    """Implements `ports.Channels`."""

    def __init__(self, connection: Connection, team: str, due: DueMemo) -> None:
        super().__init__(connection, team, due)
        self._read: dict[str, str | None] = {}  # for as long as the transaction lasts

    def name_of(self, channel: str) -> str | None:
        if channel not in self._read:
            row = self._connection.execute(_GET, {"team": self._team, "channel": channel}).first()
            self._read[channel] = row.name if row else None
        return self._read[channel]

    def id_of(self, name: str) -> str | None:
        found = self._connection.execute(_BY_NAME, {"team": self._team, "name": name.lstrip("#")})
        return found.scalar()

    def describe(self, fact: ChannelDescribed) -> bool:
        known = self._connection.execute(_GET, {"team": self._team, "channel": fact.channel}).first()
        if known and known.described_at >= fact.at:
            return False
        values = {
            "team": self._team,
            "channel": fact.channel,
            "name": fact.name,
            "is_archived": fact.is_archived,
            "described_at": fact.at,
        }
        self._replace(CHANNELS, values)
        self._read.pop(fact.channel, None)
        return known is None
