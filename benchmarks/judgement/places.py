"""Where the real material lies; it is no part of the repository."""

from pathlib import Path

_TOP = Path(__file__).parents[2]
_DATA = _TOP.parent / "shared" / "data"
EXPORT = _DATA / "slack-export-haskell-jp.zip"
QUESTIONS = _DATA / "questions-ja-asdc.tsv"
LABELS = _TOP / "tests" / "data" / "first_posts.tsv"
CONFIG = _TOP / "tests" / "data" / "haskell-jp.yaml"
