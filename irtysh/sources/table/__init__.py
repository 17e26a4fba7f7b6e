"""Figures in tables and workbooks that a YAML file describes, each as a layout of the intake."""

from irtysh.sources.intake.layout import Layout
from irtysh.sources.table.layouts import LAYOUTS as DESCRIBED
from irtysh.sources.table.notes import note_text
from irtysh.sources.table.sdmx import SDMX

LAYOUTS: tuple[Layout, ...] = (*DESCRIBED, *SDMX)

__all__ = ["LAYOUTS", "note_text"]
