"""Puts what people do, what is decided and what arrives in Slack into one stream of lines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from scheduler.demo.deliveries import Received, received
from scheduler.demo.lines import Line
from scheduler.demo.ours import Ours
from scheduler.demo.people import People
from scheduler.model.cases import Case, CaseKey
from scheduler.model.decisions import DecisionRecord
from scheduler.model.facts import Fact
from scheduler.sandbox import Sandbox
from scheduler.store.engine import SqlStore


@dataclass(slots=True, kw_only=True)
class Telling:
    """Looks, whenever asked, for what is new in the record and at the stand-in. It writes nothing."""

    people: People
    ours: Ours
    sandbox: Sandbox
    store: SqlStore
    show: Callable[[Line], None]
    records: list[DecisionRecord] = field(default_factory=list)
    arrived: list[Received] = field(default_factory=list)
    _calls: int = 0
    _mark: int = 0

    def begin(self) -> None:
        """What was decided up to now, of the past, is not told."""
        self._mark, _ = self.store.read().decisions.later(0)

    def happened(self, fact: Fact) -> None:
        if line := self.people.tell(fact):
            self.show(line)

    def visited(self, fact: Fact) -> None:
        """A visitor of the page did this, or the app: it hears of both in the same way."""
        if line := self.people.tell_of_visitor(fact):
            self.show(line)

    def done(self) -> None:
        """What came of it: the decisions first, then what arrived."""
        new = self._new_records()
        for line in self.ours.why(new):
            self.show(line)
        arrived = self._newly_arrived()
        for line in self.ours.sent(arrived, self._cases(arrived)):
            self.show(line)

    def _cases(self, arrived: Sequence[Received]) -> Mapping[CaseKey, Case]:
        cases = self.store.read().cases
        keys = {each.row.case for each in arrived if each.row.case}
        return {key: case for key in keys if (case := cases.find(key))}

    def _new_records(self) -> Sequence[DecisionRecord]:
        self._mark, new = self.store.read().decisions.later(self._mark)
        self.records += new
        return new

    def _newly_arrived(self) -> Sequence[Received]:
        calls = self.sandbox.received[self._calls :]
        self._calls += len(calls)
        new = received(calls, self.store.read().outbox.all())
        self.arrived += new
        return new
