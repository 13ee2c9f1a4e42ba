"""Channels: their latest known name."""

from sqlalchemy import bindparam, or_, select

from scheduler.model.facts import ChannelDescribed
from scheduler.store.moving import MOVES
from scheduler.store.rows import Rows, Session, table_of
from scheduler.store.tables import ChannelRow

CHANNELS = table_of(ChannelRow)
_GET = select(CHANNELS.c.name, CHANNELS.c.described_at).where(
    CHANNELS.c.team == bindparam("b_team"), CHANNELS.c.channel == bindparam("b_channel")
)
_BY_NAME = (
    select(CHANNELS.c.channel)
    .where(
        CHANNELS.c.team == bindparam("b_team"),
        or_(CHANNELS.c.name == bindparam("b_name"), CHANNELS.c.channel == bindparam("b_name")),
    )
    .order_by(CHANNELS.c.is_archived, CHANNELS.c.channel)
)
_NAMES = select(CHANNELS.c.name).where(CHANNELS.c.team == bindparam("b_team")).order_by(CHANNELS.c.name)


class ChannelRows(Rows):
    """Implements `ports.Channels`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read: dict[str, str | None] = {}  # for as long as the transaction lasts

    def forget_read(self) -> None:
        """What was written since was undone."""
        self._read.clear()

    def name_of(self, channel: str) -> str | None:
        if channel not in self._read:
            row = self._first(_GET, b_channel=channel)
            self._read[channel] = row[0] if row else None
        return self._read[channel]

    def id_of(self, name: str) -> str | None:
        return next(iter(self._scalars(_BY_NAME, b_name=name.lstrip("#"))), None)

    def names(self) -> tuple[str, ...]:
        return tuple(self._scalars(_NAMES))

    def describe(self, fact: ChannelDescribed) -> bool:
        known = self._first(_GET, b_channel=fact.channel)
        if known and known[1] >= fact.at:
            return False
        values = {"name": fact.name, "is_archived": fact.is_archived, "described_at": fact.at}
        self._replace(CHANNELS, {"channel": fact.channel, **values})
        self._read.pop(fact.channel, None)
        return known is None or known[0] != fact.name

    def move(self, old: str, new: str) -> None:
        for statement in MOVES:
            self._change(statement, b_old=old, b_new=new)
        self._read.clear()
