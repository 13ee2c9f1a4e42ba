"""What reading an export came upon: counted and named, with first examples; no texts, no names of people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.catalogue import say

#: Enough to find the cause; a broken export must not fill the memory with its faults.
MOST_EXAMPLES = 5
MOST_NAMES = 30


class Finding(StrEnum):
    """A named problem, or a note on what is left out on purpose. Sentences: `export.<value>`."""

    BROKEN_FILE = "broken_file"  #: no JSON
    NOT_UTF8 = "not_utf8"
    NO_LIST = "no_list"  #: JSON, but not a list
    UNREADABLE_FILE = "unreadable_file"  #: damaged, encrypted, or no permission
    OVERSIZED_FILE = "oversized_file"
    UNSAFE_PATH = "unsafe_path"  #: a zip entry that points out of the zip
    NO_USERS = "no_users"
    NO_CHANNELS = "no_channels"
    NO_SUCH_DAY = "no_such_day"  #: 2026-02-30.json
    UNLISTED_CHANNEL = "unlisted_channel"  #: a folder that channels.json does not name: may be private
    NO_MESSAGE = "no_message"  #: an entry that is no message
    BAD_TS = "bad_ts"
    UNKNOWN_SUBTYPE = "unknown_subtype"
    NO_AUTHOR = "no_author"
    DUPLICATE = "duplicate"
    OUT_OF_PLACE = "out_of_place"  #: more than two days outside its file's date
    BROKEN_CHARACTER = "broken_character"  #: half a character, which no database takes
    UNLISTED_MEMBER = "unlisted_member"

    PRIVATE_FOLDER = "private_folder"
    IGNORED_SUBTYPE = "ignored_subtype"
    EDITED = "edited"
    UNDATED_STAMP = "undated_stamp"
    NAMELESS_STAMP = "nameless_stamp"  #: counted by Slack, but not by whom
    DEACTIVATED_TODAY = "deactivated_today"

    @property
    def is_note(self) -> bool:
        """Left out, or read with care, on purpose: nothing is wrong with the export."""
        return self in _NOTES


_NOTES = frozenset(
    {
        Finding.PRIVATE_FOLDER,
        Finding.IGNORED_SUBTYPE,
        Finding.EDITED,
        Finding.UNDATED_STAMP,
        Finding.NAMELESS_STAMP,
        Finding.DEACTIVATED_TODAY,
    }
)

#: Their examples are names (of a subtype, of a folder), each with its own count.
_BY_NAME = frozenset(
    {Finding.UNKNOWN_SUBTYPE, Finding.IGNORED_SUBTYPE, Finding.PRIVATE_FOLDER, Finding.UNLISTED_CHANNEL}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Where it was first met. `what` is an id, a ts, a subtype or a position (line:column)."""

    file: str
    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How often something was met, and the first examples."""

    finding: Finding
    count: int
    examples: tuple[Example, ...]


_Counted = tuple[Counter[Finding], dict[Finding, dict[tuple[str, str], Example]]]


class Findings:
    """The counter that is filled while an export is read."""

    def __init__(self) -> None:
        self._counts: Counter[Finding] = Counter()
        self._examples: dict[Finding, dict[tuple[str, str], Example]] = {}
        self._marked: _Counted = self._copy()

    def count(self, finding: Finding, file: str, what: str = "", times: int = 1) -> None:
        self._counts[finding] += times
        file, what = _shown(file), _shown(what)
        examples = self._examples.setdefault(finding, {})
        by_name = finding in _BY_NAME
        key = ("", what) if by_name else (file, what)
        if (known := examples.get(key)) is not None:
            examples[key] = Example(file=known.file, what=what, count=known.count + times)
        elif len(examples) < (MOST_NAMES if by_name else MOST_EXAMPLES):
            examples[key] = Example(file=file, what=what, count=times)

    def mark(self) -> None:
        """Remember this state for `rewind`."""
        self._marked = self._copy()

    def rewind(self) -> None:
        """Forget what came after the mark: a second reading starts there."""
        self._counts, self._examples = self._marked
        self.mark()

    def _copy(self) -> _Counted:
        examples = {finding: dict(known) for finding, known in self._examples.items()}
        return Counter(self._counts), examples

    def __getitem__(self, finding: Finding) -> int:
        return self._counts[finding]

    def counts(self) -> Mapping[Finding, int]:
        """What was met at least once, problems first."""
        return {finding: self._counts[finding] for finding in Finding if self._counts[finding]}

    def found(self) -> tuple[Found, ...]:
        """The same with first examples."""
        return tuple(
            Found(finding=finding, count=count, examples=tuple(self._examples[finding].values()))
            for finding, count in self.counts().items()
        )

    def sentences(self, language: str) -> tuple[str, ...]:
        """One sentence for each, with the first example."""
        return tuple(_sentence(found, language) for found in self.found())


def _shown(text: str) -> str:
    """Safe on a terminal and in a file: names come from an archive that anybody may have made."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:120])


def _sentence(found: Found, language: str) -> str:
    sentence = say(language, f"export.{found.finding}", count=f"{found.count:,}")
    if found.finding in _BY_NAME:
        names = ", ".join(f"{example.what} ×{example.count:,}" for example in found.examples)
        return sentence + say(language, "export.names", names=names)
    first = found.examples[0]
    place = first.file + (f" [{first.what}]" if first.what else "")
    return sentence + say(language, "export.example", place=place) if place else sentence
