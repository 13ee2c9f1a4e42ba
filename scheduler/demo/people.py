"""What people do, told from the sample's script; and what visitors of the page do, as the app heard it."""

from collections.abc import Iterable

from scheduler.demo.lines import Line, Tone, Words
from scheduler.model.facts import (
    Fact,
    MemberDescribed,
    MemberTraced,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    Shape,
    StampAdded,
    StampRemoved,
)
from scheduler.pages.emoji import sign_of
from scheduler.simulate.sample import stories
from scheduler.simulate.sample.cast import people
from scheduler.simulate.sample.english import in_english
from scheduler.simulate.sample.everyday import FIRST_STEPS_IN

_Place = tuple[str, str]


class People:
    """Turns facts into lines. It remembers who wrote what: a first post and an answer are told as such."""

    def __init__(self, words: Words, before: Iterable[Fact]) -> None:
        self._words = words
        self._stories = {(story.channel, story.ts) for story in stories()}
        self._cast = {person.id: person for person in people()}
        self._said: dict[_Place, MessagePosted] = {}
        self._visited: set[Fact] = set()
        self._have_posted: set[str] = set()
        self._have_stamped: set[str] = set()
        for fact in before:
            self.tell(fact)

    def tell(self, fact: Fact) -> Line | None:
        """None for what needs no line of its own."""
        text = self._text(fact)
        return Line(at=fact.at, text=text, tone=self._tone(fact)) if text else None

    def tell_of_visitor(self, fact: Fact) -> Line | None:
        """Like `tell`, but nothing is too small; what the app wrote is only remembered: others tell of it."""
        self._visited.add(fact)
        if isinstance(fact, MessagePosted):
            self._said[fact.channel, fact.ts] = fact
        return self.tell(fact) if self._can_be_told(fact) else None

    def _can_be_told(self, fact: Fact) -> bool:
        """Visitors are no bots; and what was never told cannot be told of."""
        match fact:
            case MessagePosted():
                return not fact.is_bot and (fact.channel, fact.thread_ts or fact.ts) in self._said
            case MessageEdited() | MessageDeleted():
                said = self._said.get((fact.channel, fact.ts))
                return said is not None and not said.is_bot
            case StampAdded() | StampRemoved():
                return (fact.channel, fact.ts) in self._said
        return True

    def _text(self, fact: Fact) -> str | None:
        match fact:
            case MemberTraced():
                return self._joined(fact)
            case MemberDescribed(is_deactivated=True):
                return self._words.say("left", who=self._words.person(fact.member))
            case MessagePosted():
                return self._posted(fact)
            case MessageEdited():
                return self._edited(fact)
            case MessageDeleted():
                return self._about("deleted", fact)
            case StampAdded() | StampRemoved():
                return self._stamped(fact)
        return None

    def author_of(self, channel: str, ts: str) -> str | None:
        """Who wrote a message that was told, or that was there before."""
        said = self._said.get((channel, ts))
        return said.author if said else None

    def _joined(self, fact: MemberTraced) -> str:
        person = self._cast.get(fact.member)
        code = "joined_as_guest" if person and person.is_guest else "joined"
        gist = self._gist("works", fact.member, fact, person.works) if person else ""
        return self._words.say(code, who=self._words.person(fact.member), gist=gist)

    def _posted(self, fact: MessagePosted) -> str | None:
        self._said[fact.channel, fact.ts] = fact
        if fact.shape is not Shape.POST:
            return self._replied(fact)
        is_first = not fact.is_bot and fact.author not in self._have_posted
        self._have_posted.add(fact.author or "")
        return self._words.say(
            "posted_first" if is_first else "posted",
            who=self._words.person(fact.author),
            channel=self._words.names.channel(fact.channel),
            gist=self._quoted(fact.author, fact),
        )

    def _replied(self, fact: MessagePosted) -> str | None:
        root = self._said[fact.channel, fact.thread_ts or ""]
        if self._is_chat(root) and fact not in self._visited:
            return None
        who, to = self._words.person(fact.author), self._words.person(root.author)
        code = "added" if fact.author == root.author else "replied_by_bot" if fact.is_bot else "replied"
        return self._words.say(code, who=who, to=to, gist=self._quoted(fact.author, fact))

    def _edited(self, fact: MessageEdited) -> str:
        author = self.author_of(fact.channel, fact.ts)
        return self._about("edited", fact, gist=self._quoted(author, fact))

    def _quoted(self, author: str | None, fact: MessagePosted | MessageEdited) -> str:
        return self._gist("quoted", author, fact, self._words.excerpt(fact.text))

    def _gist(self, code: str, member: str | None, fact: Fact, says: str) -> str:
        """What the sample says then, in the reader's language; what a visitor says, as it is."""
        minute = fact.at.replace(second=0, microsecond=0)
        told = says if fact in self._visited else in_english().get((member or "", minute), "")
        return self._words.gist(code, says, told)

    def _stamped(self, fact: StampAdded | StampRemoved) -> str | None:
        """A newcomer's first stamp, and those that decide a story."""
        post = self._said[fact.channel, fact.ts]
        person = self._cast.get(fact.member)
        is_newcomer = person is None or person.hello is None
        is_first = is_newcomer and fact.member not in self._have_stamped | self._have_posted
        self._have_stamped.add(fact.member)
        decides = (fact.channel, fact.ts) in self._stories and not self._is_small_talk(post)
        if not (decides or is_first or fact in self._visited):
            return None
        is_own = fact.member == post.author
        code = "stamped_first" if is_first else "stamped_own" if is_own else "stamped"
        return self._words.say(
            "unstamped" if isinstance(fact, StampRemoved) else code,
            who=self._words.person(fact.member),
            to=self._words.person(post.author),
            stamp=sign_of(fact.stamp),
        )

    def _about(self, code: str, fact: MessageEdited | MessageDeleted, **values: str) -> str:
        said = self._said[fact.channel, fact.ts]
        kind = "post" if said.shape is Shape.POST else "reply"
        return self._words.say(f"{code}_{kind}", who=self._words.person(said.author), **values)

    def _tone(self, fact: Fact) -> Tone:
        is_chat = isinstance(fact, MessagePosted) and self._is_chat(fact)
        return Tone.CHAT if is_chat else Tone.PEOPLE

    def _is_chat(self, post: MessagePosted) -> bool:
        is_untold = post not in self._visited and (post.channel, post.ts) not in self._stories
        return is_untold and self._is_small_talk(post)

    def _is_small_talk(self, post: MessagePosted) -> bool:
        return self._words.names.channels.get(post.channel) in FIRST_STEPS_IN
