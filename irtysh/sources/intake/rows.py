"""The rows of an opened table, whatever its form, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from irtysh.sources.intake.dbf import dbf_records, read_head
from irtysh.sources.intake.layout import Head
from irtysh.sources.intake.text import cells_of
from irtysh.vocabulary.errors import NotReadable

Row = tuple[int, tuple[str, ...]]
WITH_COLUMNS = ("csv", "parquet", "dbf")


def rows_of(head: Head) -> Iterator[Row]:
    """Yield (line, cells) below the header; the line is that of the file, counted from 1.

    A row may be shorter or longer than the header: the reader says what that means. Raises
    NotReadable for a form without columns, and what the forms raise.
    """
    match head.form:
        case "csv":
            return text_rows(head)
        case "parquet":
            return parquet_rows(head)
        case "dbf":
            return dbf_rows(head)
    raise NotReadable(reason=head.form)


def text_rows(head: Head) -> Iterator[Row]:
    """Yield the rows of a text table; the line is where the row begins."""
    for line, row in cells_of(head.path, head.encoding, head.delimiter):
        if line > head.header_line:
            yield line, tuple(row)


def parquet_rows(head: Head) -> Iterator[Row]:
    """Yield the rows of a Parquet file as texts; the line is the row's number."""
    from irtysh.store.foreign import parquet_texts

    yield from enumerate(parquet_texts(head.path, head.header), start=1)


def dbf_rows(head: Head) -> Iterator[Row]:
    """Yield the records of a dBase table; the line is the record's number."""
    yield from dbf_records(head.path, read_head(head.path), head.encoding)
