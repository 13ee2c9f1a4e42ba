"""The phrases that tell what a message does."""

from dataclasses import dataclass
from enum import StrEnum


class PhraseKind(StrEnum):
    """What a phrase says of the text that it stands in. The values are the sections of a phrase file."""

    ASKS = "asks"
    ASKS_AT_THE_END = "asks_at_the_end"  #: only where a sentence ends
    TROUBLE = "trouble"
    TRAILS_OFF = "trails_off"  #: only where a sentence ends
    TELLS = "tells"  #: shares or announces something, or only looks like asking
    GREETS = "greets"
    THANKS = "thanks"
    OFFERS = "offers"  #: an answer, advice or a guess
    OFFERS_AT_THE_END = "offers_at_the_end"  #: only where a sentence ends
    REPLIES = "replies"  #: only where the text begins: takes up what was said just before
    RESOLVES = "resolves"
    WEEKLY_THANKS = "weekly_thanks"
    READ_PAST = "read_past"  #: looks like another phrase and says nothing
    COMMON = "common"  #: no phrase, but a word that says nothing of the topic

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest weight. Asking is above zero, telling below; others are there or not."""
        return (0, 5) if self in _ASKING else (-5, 0) if self in _TELLING else (0, 1)

    @property
    def counts(self) -> bool:
        """Whether its weight is part of the score."""
        return self in _ASKING | _TELLING

    @property
    def place(self) -> str:
        """Where it is looked for; a phrase has one kind in each place."""
        return self.value if self in {PhraseKind.REPLIES, PhraseKind.COMMON} else "within"


_ASKING = {PhraseKind.ASKS, PhraseKind.ASKS_AT_THE_END, PhraseKind.TROUBLE, PhraseKind.TRAILS_OFF}

_TELLING = {
    PhraseKind.TELLS,
    PhraseKind.GREETS,
    PhraseKind.THANKS,
    PhraseKind.OFFERS,
    PhraseKind.OFFERS_AT_THE_END,
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A plain piece of text, in small letters and normalised width."""

    text: str
    kind: PhraseKind
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The phrases that tell what a message does; each text once. `digest` stands for all of them."""

    known: tuple[Phrase, ...] = ()
    digest: str = ""

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def counted(self) -> tuple[Phrase, ...]:
        """Those that people are told the number of: common words weigh nothing by themselves."""
        return tuple(each for each in self.known if each.kind is not PhraseKind.COMMON)
