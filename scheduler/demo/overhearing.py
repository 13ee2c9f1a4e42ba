"""What visitors of the stand-in's page do, heard as the app hears it. It changes nothing of what is heard."""

from collections.abc import Callable
from contextlib import suppress
from typing import Self

from scheduler.model.facts import Fact
from scheduler.sandbox import Sandbox
from scheduler.slack.events.fields import Fields, Malformed
from scheduler.slack.events.translate import translate


class Overhearing:
    """Inside, `heard` is called with each fact that the app is told, but for those of `scripted` gestures."""

    def __init__(self, sandbox: Sandbox, heard: Callable[[Fact], None]) -> None:
        self._world, self._heard, self._is_deaf = sandbox.world, heard, False
        self._tell = sandbox.world.tell

    def __enter__(self) -> Self:
        self._world.tell = self._hear
        return self

    def __exit__(self, *error: object) -> None:
        self._world.tell = self._tell

    def scripted(self, happen: Callable[[Fact], None]) -> Callable[[Fact], None]:
        """The same, unheard: the sample's people are told from their script."""

        def unheard(fact: Fact) -> None:
            self._is_deaf = True
            try:
                happen(fact)
            finally:
                self._is_deaf = False

        return unheard

    def _hear(self, event: Fields) -> None:
        self._tell(dict(event))
        if self._is_deaf:
            return
        with suppress(Malformed):
            heard = translate({"event": event}, team=self._world.team, received_at=self._world.now())
            for fact in heard.facts:
                self._heard(fact)
