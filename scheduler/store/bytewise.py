"""On PostgreSQL, text sorts byte by byte as on SQLite, whatever the language of the server.

The `ts` of Slack are text that compares like numbers only this way, and every order must be the same on both.
"""

from sqlalchemy import Connection, text

_OTHERS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'character varying'
      AND collation_name IS DISTINCT FROM 'C' AND table_name IN (
        SELECT table_name FROM information_schema.tables
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE')
    ORDER BY table_name, column_name
""")


def sort_bytewise(connection: Connection) -> None:
    """Sets the collation of every column of text that a migration has made without one."""
    if connection.dialect.name != "postgresql":
        return
    quote = connection.dialect.identifier_preparer.quote
    columns: dict[str, list[str]] = {}
    for table, column in connection.execute(_OTHERS):
        columns.setdefault(table, []).append(f'ALTER {quote(column)} TYPE VARCHAR COLLATE "C"')
    for table, changes in columns.items():
        connection.exec_driver_sql(f"ALTER TABLE {quote(table)} {', '.join(changes)}")
