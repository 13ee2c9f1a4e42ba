"""A phrase file to phrases, or to all of its problems, in the order of the file."""

from collections.abc import Collection, Iterator

from scheduler.errors import Problem
from scheduler.policy.phrases import normal
from scheduler.settings import Phrase, PhraseKind
from scheduler.strictyaml import Document, nearest

#: Letters of the longest phrase: what is longer is a sentence, and is never met again.
MOST = 40
_SHORT_IS_ENOUGH = frozenset("?")


def phrases_in(
    document: Document, shipped: Collection[Phrase] = ()
) -> tuple[tuple[Phrase, ...], tuple[Problem, ...]]:
    """The phrases and no problem, or none and every problem. Only `shipped` ones can be switched off."""
    found = list(_found(document))
    problems = [each for each in found if isinstance(each, Problem)]
    problems += _off_in_vain(document, [each for each in found if isinstance(each, Phrase)], shipped)
    if problems:
        return (), tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return tuple(each for each in found if isinstance(each, Phrase)), ()


def _found(document: Document) -> Iterator[Phrase | Problem]:
    first: dict[tuple[str, str], int] = {}
    for section, told in document.data.items():
        if section not in list(PhraseKind):
            yield _unknown_section(document, section)
        elif isinstance(told, dict):
            for key, weight in told.items():
                yield _phrase(document, PhraseKind(section), key, weight, first)
        elif told is not None:  # a section whose phrases are all commented out is empty
            yield document.problem("phrases.expected_weights", (section,), section=section)


def _off_in_vain(document: Document, phrases: list[Phrase], shipped: Collection[Phrase]) -> Iterator[Problem]:
    known = {(each.kind.place, each.text) for each in shipped}
    for each in phrases:
        if not each.weight and (each.kind.place, each.text) not in known:
            near = nearest(each.text, (text for _, text in known))
            path = (each.kind.value, _key_of(document, each))
            yield document.problem(
                "phrases.nothing_to_switch_off", path, at_key=True, near=near, phrase=each.text
            )


def _key_of(document: Document, phrase: Phrase) -> str:
    """The phrase as the file has it."""
    told = document.value((phrase.kind.value,))
    keys = told if isinstance(told, dict) else ()
    return next(str(key) for key in keys if normal(key).strip() == phrase.text)


def _unknown_section(document: Document, section: str) -> Problem:
    near = nearest(section, PhraseKind)
    sections = " / ".join(PhraseKind)
    return document.problem(
        "phrases.unknown_section", (section,), at_key=True, near=near, section=section, sections=sections
    )


def _phrase(
    document: Document, kind: PhraseKind, key: str, weight: object, first: dict[tuple[str, str], int]
) -> Phrase | Problem:
    path, text = (kind.value, key), normal(key).strip()
    if problem := _unfit(document, kind, key, text):
        return problem
    line, _ = document.key_position(path)
    before = first.setdefault((kind.place, text), line)
    if before != line:
        return document.problem("phrases.twice", path, at_key=True, phrase=text, first=before)
    if isinstance(weight, bool) or not isinstance(weight, int):
        return _no_number(document, path, weight, kind)
    least, most = kind.bounds
    if not least <= weight <= most:
        return document.problem("phrases.out_of_range", path, weight=weight, least=least, most=most)
    return Phrase(text, kind, weight)


def _unfit(document: Document, kind: PhraseKind, key: str, text: str) -> Problem | None:
    path = (kind.value, key)
    if not text:
        return document.problem("phrases.empty_phrase", path, at_key=True)
    if len(text) == 1 and text not in _SHORT_IS_ENOUGH:
        return document.problem("phrases.too_short", path, at_key=True, phrase=text)
    if len(text) > MOST:
        return document.problem("phrases.too_long", path, at_key=True, length=len(text), most=MOST)
    return None


def _no_number(document: Document, path: tuple[str, str], weight: object, kind: PhraseKind) -> Problem:
    least, most = kind.bounds
    if weight is None:
        return document.problem("phrases.no_weight", path, at_key=True, least=least, most=most)
    meant = normal(str(weight)).strip() if isinstance(weight, str) else ""
    near = meant if meant.removeprefix("-").isdigit() and meant != weight else None
    shown = "…" if isinstance(weight, dict | list) else str(weight).lower()[:MOST]
    return document.problem("phrases.not_a_number", path, near=near, weight=shown, least=least, most=most)
