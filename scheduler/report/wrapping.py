"""Lines of a given width in terminal cells, for Japanese as well: it has no blanks to break at."""

import re
from collections.abc import Iterator

from rich.cells import cell_len

#: A run of letters and digits stays together, as does a sign with what must not be parted from it.
_TOKEN = re.compile(
    r"\n|[ \t]+|[（「『【(\[]*(?:[^\s\u3000-\u9fff\uff00-\uffef（「『【]+|[^\s])[、。，．・）」』】！？：；ー％]*"
)


def wrap(text: str, width: int, *, indent: str = "") -> Iterator[str]:
    """The lines of a text, each beginning with `indent`. No line begins with a closing sign."""
    line, room = "", max(width - cell_len(indent), 8)
    for token in _TOKEN.findall(text):
        if token == "\n":
            yield f"{indent}{line.rstrip()}"
            line = ""
        elif cell_len(line + token.rstrip()) > room and line:
            yield f"{indent}{line.rstrip()}"
            line = token.lstrip()
        elif line or not token.isspace():
            line += token
    if line.strip():
        yield f"{indent}{line.rstrip()}"
