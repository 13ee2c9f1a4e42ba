"""The database's address. A password has no place in a file that people share."""

import re
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import BeforeValidator

from scheduler.config.refusal import refuse, text

_SQLITE = re.compile(r"sqlite:///[^\s:]+")
_POSTGRESQL = re.compile(r"postgresql(?:\+psycopg)?://\S+")
_OTHER_NAMES = re.compile(r"(?:postgres|postgresql|pg|psql)(?:\+\w+)?(://\S+)")
_SECRETS = {"password", "sslpassword"}


def database(value: object) -> str:
    """`sqlite:///` and a file, or `postgresql://` and a server; without a password."""
    word = text(value)
    if _holds_a_password(word):
        raise refuse("database_password")
    if _SQLITE.fullmatch(word) or (_POSTGRESQL.fullmatch(word) and _names_a_database(word)):
        return word
    other = _OTHER_NAMES.fullmatch(word)
    if other is None:
        raise refuse("bad_database", near="sqlite:///ambassador.db")
    meant = f"postgresql{other[1]}"
    raise refuse("bad_database", near=meant if meant != word and _names_a_database(meant) else None)


def _holds_a_password(word: str) -> bool:
    """Wherever it stands: before the host, even if its signs break the address, or among the options."""
    authority = word.partition("://")[2].rpartition("@")[0]
    return ":" in authority or bool(_SECRETS & _options(word).keys())


def _names_a_database(word: str) -> bool:
    try:
        parts = urlsplit(word)
        _ = parts.port  # raises when it is none
    except ValueError:
        return False
    return len(parts.path) > 1 or not {"dbname", "service"}.isdisjoint(_options(word))


def _options(word: str) -> dict[str, list[str]]:
    return parse_qs(word.partition("?")[2], keep_blank_values=True)


Database = Annotated[str, BeforeValidator(database)]
