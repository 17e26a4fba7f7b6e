"""The case folder: read it with all its faults, write it back, make an empty one."""

from irtysh.sources.case.case import Case, folder_of
from irtysh.sources.case.reader import read_case
from irtysh.sources.case.writer import new_case, write_case

__all__ = ["Case", "folder_of", "new_case", "read_case", "write_case"]
