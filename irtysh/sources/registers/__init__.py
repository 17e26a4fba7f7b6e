"""What a register holds: its columns, once, for files, checks, records, forms and downloads."""

from irtysh.sources.registers.columns import Column, Kind, Table
from irtysh.sources.registers.tables import TABLES, table

__all__ = ["TABLES", "Column", "Kind", "Table", "table"]
