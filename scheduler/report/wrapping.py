"""Lines of a given width in terminal cells, for Japanese as well: it has no blanks to break at."""

import re
from collections.abc import Iterator

from rich.cells import cell_len

#: A run of letters stays together, a number with its unit, a name with its genitive, and a sign with what
#: must not be parted from it.
_PIECE = re.compile(
    r"\n|[ \t]+|[\u3041-\u9fff]{1,8}'s\b|[（「]?[0-9][0-9,.:]*[\u3041-\u9fff][、。）」]?"
    r"|[（「『【(\[]*(?:[^\s\u3000-\u9fff\uff00-\uffef（「『【]+|[^\s])[、。，．・）」』】！？：；ー％]*(?:[,.:;!?)\]]+(?!\S))?"
)


def wrap(text: str, width: int, *, indent: str = "") -> Iterator[str]:
    """The lines of a text, each beginning with `indent`. No line begins with a closing sign."""
    line, room = "", max(width - cell_len(indent), 8)
    for piece in _PIECE.findall(text):
        if piece == "\n":
            yield f"{indent}{line.rstrip()}"
            line = ""
        elif cell_len(line + piece.rstrip()) > room and line:
            yield f"{indent}{line.rstrip()}"
            line = piece.lstrip()
        elif line or not piece.isspace():
            line += piece
    if line.strip():
        yield f"{indent}{line.rstrip()}"
