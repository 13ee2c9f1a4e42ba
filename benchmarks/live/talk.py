"""The events that are fed: made by the stand-in's own gestures, so that they look as Slack's do.

Everyday talk in 140 channels: posts, replies and stamps of people known for long, and a few newcomers with
their first posts. One gesture in ten seconds is busy for a workspace of this size.
"""

from collections import deque
from datetime import timedelta
from itertools import cycle
from zlib import crc32

from scheduler.clock import SteppingClock
from scheduler.sandbox import Sandbox
from scheduler.sandbox.refusals import Json

#: Virtual time between two gestures.
STEP = timedelta(seconds=10)
_MEMBERS = 300
#: Of forty gestures so many are of each kind.
_MIX = ("post", "stamp", "reply", "stamp", "stamp", "reply") * 6 + ("post", "stamp", "join", "first_post")
_TOPICS = ("雑談", "今日の一枚", "文書", "ノーコード", "窓口", "情シス", "相談")
_STAMPS = ("+1", "tada", "bow", "eyes")
_CHANNELS = ("なんでも相談", *(f"{topic}-{n}" for n in range(20) for topic in _TOPICS))[:140]
#: The service writes to these.
_OURS = ("運営-アンバサダー", "雑談")
_WORDS = (
    "お疲れさまです。先日の会議の資料を共有します。ご確認いただけると助かります。",
    "転入届の様式が新しくなったのですが、皆さんのところではいつから切り替える予定でしょうか?",
    "ありがとうございます。うちの課でも同じように進めてみます。",
    "参考になりました!来月の研修でも紹介させてください。",
    "マクロが途中で止まってしまい困っています。同じ経験のある方はいらっしゃいますか。",
)


class Talk:
    """A community that goes on talking; the clock steps along with it."""

    def __init__(self, sandbox: Sandbox, clock: SteppingClock) -> None:
        self._sandbox, self._clock = sandbox, clock
        with sandbox.past(clock.now() - timedelta(days=400)):
            self.people = [sandbox.people.join(f"member {number}") for number in range(_MEMBERS)]
            channels = [sandbox.channels.create(name, with_app=True) for name in (*_CHANNELS, *_OURS)]
        self._people, self._channels = cycle(self.people), cycle(channels[: len(_CHANNELS)])
        self._kinds, self._words, self._stamps = cycle(_MIX), cycle(_WORDS), cycle(_STAMPS)
        self._posts: deque[tuple[str, str]] = deque(maxlen=50)
        self._newcomer = self.people[0]
        self._told: list[Json] = []

    def events(self, number: int) -> list[Json]:
        """What happens next, as inner events; nothing is sent."""
        world = self._sandbox.world
        tell, world.tell = world.tell, self._told.append
        try:
            while len(self._told) < number:
                self._clock.step_to(self._clock.now() + STEP)
                self._do(next(self._kinds))
        finally:
            world.tell = tell
        told, self._told = self._told[:number], self._told[number:]
        return told

    def _do(self, kind: str) -> None:
        if kind == "join":
            self._newcomer = self._sandbox.people.join("newcomer")
        elif kind in {"post", "first_post"} or not self._posts:
            self._post(self._newcomer if kind == "first_post" else next(self._people))
        elif kind == "reply":
            channel, ts = self._any_post()
            self._sandbox.post(next(self._people), channel, next(self._words), thread_ts=ts)
        else:
            self._sandbox.react(next(self._people), *self._any_post(), next(self._stamps))

    def _any_post(self) -> tuple[str, str]:
        """One of the last, the same in each run, with no pattern in it."""
        return self._posts[crc32(str(self._clock.now()).encode()) % len(self._posts)]

    def _post(self, member: str) -> None:
        channel = next(self._channels)
        self._posts.append((channel, self._sandbox.post(member, channel, next(self._words))))
