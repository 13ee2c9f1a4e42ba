"""The language of help texts, known before options are read: `--lang`, else the terminal's."""

import os
import sys
from collections.abc import Sequence

from scheduler.catalogue import LANGUAGES, choose_language


def _asked(arguments: Sequence[str]) -> str | None:
    """What `--lang` says, for what is told before options are read."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    found = [value for name, value in pairs if name == "--lang"]
    found += [each.removeprefix("--lang=") for each in arguments if each.startswith("--lang=")]
    return next((value for value in found if value in LANGUAGES), None)


#: The language of help texts and of what is wrong with an option.
HERE = choose_language(_asked(sys.argv), os.environ)
