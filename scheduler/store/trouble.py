"""Telling a database in trouble from data that it cannot take: the one passes, the other never does."""

#: SQLite: busy, locked, out of memory, read-only, I/O error, corrupt, full, cannot open, protocol.
_SQLITE = {5, 6, 7, 8, 10, 11, 13, 14, 15}
#: PostgreSQL's classes: connection, transaction, rollback, resources, lock, intervention, system, internal.
_POSTGRESQL = {"08", "25", "40", "53", "55", "57", "58", "XX"}


def is_in_trouble(error: BaseException) -> bool:
    """Whether the driver says that the database itself fails, whatever is asked of it."""
    sqlite_code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return sqlite_code in _SQLITE or (getattr(error, "sqlstate", None) or "")[:2] in _POSTGRESQL
