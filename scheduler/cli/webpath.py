"""Whether `simulate --html FILE` can be written: asked before anything else, as a history takes its time."""

import os
from errno import EACCES
from pathlib import Path

from scheduler.catalogue import say

_ENDINGS = {".html", ".htm"}


def unfit_page(path: Path, language: str) -> str | None:
    """Why the page cannot be written there, in one sentence; None when it can.

    The ending is asked for, so that a forgotten FILE never overwrites the export that follows.
    """
    if path.is_dir():
        return say(language, "page.file_is_folder", path=path)
    if path.suffix.lower() not in _ENDINGS:
        return say(language, "page.file_ending", path=path)
    if path.exists() and not path.is_file():
        return say(language, "page.file_is_no_file", path=path)
    if not path.resolve().parent.is_dir():
        return say(language, "page.file_no_folder", path=path.parent)
    if not os.access(path.resolve().parent, os.W_OK):
        return say(language, "page.file_cannot_write", path=path, why=os.strerror(EACCES))
    return None
