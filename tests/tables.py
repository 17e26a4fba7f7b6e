"""Rows of the test database, taken and put back as they are."""

from __future__ import annotations

from typing import Any, NamedTuple

_SHADOWS = "_fts"
"""SQLite's text index; triggers of the table beside it keep it."""


class Rows(NamedTuple):
    """All rows of a table."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


Tables = dict[str, Rows]


def taken() -> Tables:
    """Return every table."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if _SHADOWS in name:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
            columns = tuple(column[0] for column in cursor.description)
            found[name] = Rows(columns, tuple(cursor.fetchall()))
    return found


def put(tables: Tables) -> None:
    """Make the tables what they were when taken; keys between them are checked at commit."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f"DELETE FROM {quote(name)}")
        for name, (columns, rows) in tables.items():
            names = ", ".join(map(quote, columns))
            blanks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(name)} ({names}) VALUES ({blanks})", rows)
        models = [one for one in apps.get_models(include_auto_created=True)
                  if one._meta.db_table in tables]  # fmt: skip
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
