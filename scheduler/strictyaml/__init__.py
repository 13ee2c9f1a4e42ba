"""Reads YAML that people without programming experience write: strictly, and with the place of everything.

`config/` and `templates/` both stand on it; it knows neither of them. Nothing here raises on bad content.
"""

from scheduler.strictyaml.compose import compose
from scheduler.strictyaml.describe import describe
from scheduler.strictyaml.document import Document, Path
from scheduler.strictyaml.files import decode, entries, is_folder, read, read_bytes
from scheduler.strictyaml.mistakes import lookalike
from scheduler.strictyaml.near import nearest
from scheduler.strictyaml.secrets import find_token, redact

__all__ = [
    "Document",
    "Path",
    "compose",
    "decode",
    "describe",
    "entries",
    "find_token",
    "is_folder",
    "lookalike",
    "nearest",
    "read",
    "read_bytes",
    "redact",
]
