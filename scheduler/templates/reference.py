"""The tables of placeholders in docs/reference/messages*.md, made from the contract itself.

`python -m scheduler.templates.reference docs/reference` brings them up to date; a test tells when to.
"""

import re
import sys
from pathlib import Path

from scheduler.catalogue import say
from scheduler.model.messages import ChannelRef, MemberRef, MessageKind
from scheduler.model.placeholders import PLACEHOLDERS, Placeholder
from scheduler.templates.messages import EXAMPLE_URL
from scheduler.templates.values import seen_by_template

PAGES = {"ja": "messages.ja.md", "en": "messages.md"}
_ORDER = (
    MessageKind.WELCOME,
    MessageKind.ALERT,
    MessageKind.CARD,
    MessageKind.THANKS,
    MessageKind.NOTICE,
)
_BEGIN, _END = "<!-- placeholders: begin -->\n", "<!-- placeholders: end -->\n"
_BETWEEN = re.compile(re.escape(_BEGIN) + ".*?" + re.escape(_END), re.DOTALL)


def placeholder_tables(language: str) -> str:
    """One Markdown table for each kind of message."""
    return "\n".join(_table(kind, language) for kind in _ORDER)


def with_current_tables(page: str, language: str) -> str:
    """The page with its tables as they must be."""
    tables = f"{_BEGIN}\n{placeholder_tables(language)}\n{_END}"
    return _BETWEEN.sub(lambda _: tables, page)


def bring_up_to_date(folder: Path) -> None:
    """Rewrite the tables of the pages in that folder."""
    for language, name in PAGES.items():
        page = folder / name
        page.write_text(with_current_tables(page.read_text(encoding="utf-8"), language), encoding="utf-8")


def _table(kind: MessageKind, language: str) -> str:
    heads = [say(language, f"reference.column_{name}") for name in ("name", "meaning", "example")]
    rows = [_row(kind, placeholder, language) for placeholder in PLACEHOLDERS[kind]]
    title = f"### {say(language, f'reference.{kind.value}')}\n"
    return "\n".join([title, f"| {' | '.join(heads)} |", "| --- | --- | --- |", *rows, ""])


def _row(kind: MessageKind, placeholder: Placeholder, language: str) -> str:
    meaning = say(language, f"placeholders.{kind.value}_{placeholder.name}").replace("|", "\\|")
    how = f"{{% if {placeholder.name} %}}" if placeholder.type is bool else f"{{{{ {placeholder.name} }}}}"
    return f"| `{how}` | {meaning} | {_example(kind, placeholder, language)} |"


def _example(kind: MessageKind, placeholder: Placeholder, language: str) -> str:
    match placeholder.example:
        case MemberRef():
            return say(language, "reference.example_member")
        case ChannelRef():
            return say(language, "reference.example_channel")
        case bool(yes):
            return say(language, f"reference.example_{'yes' if yes else 'no'}")
        case value:
            values = {placeholder.name: value}
            seen = seen_by_template(values, kind, language=language, workspace_url=EXAMPLE_URL)
            return str(seen[placeholder.name]) or say(language, "reference.example_empty")


if __name__ == "__main__":
    bring_up_to_date(Path(sys.argv[1]))
