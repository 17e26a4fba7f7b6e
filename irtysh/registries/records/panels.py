"""The form of a record on the screen: tabs made of the panels that its model declares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.panels.group import PanelGroup

from irtysh.registries.records.codes import language_now
from irtysh.registries.records.fields import CodesField, field_name
from irtysh.registries.records.forms import RecordForm
from irtysh.registries.records.models import Listing, Record, register_title
from irtysh.sources.registers import Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.tables import EVERYWHERE
from irtysh.vocabulary.text import LANGUAGES

_STUB = ("missing", "where_to_look")
_SOURCES = tuple(column.name for column in EVERYWHERE if column.name not in _STUB)


class LinkInput(forms.TextInput):
    """A record of any register as ``register/id``, with suggestions while one types."""

    template_name = "records/admin/link_input.html"

    class Media:
        js = ("records/link.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the suggestions, and the title of what is chosen."""
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions"] = reverse("records_links")
        context["widget"]["title"] = _title_of_link(str(value or ""))
        return context


def _title_of_link(link: str) -> str:
    register, _slash, code = link.partition("/")
    listed = Listing.objects.filter(register=register, code=code).first() if code else None
    if listed is None:
        return ""
    return f"{listed.title(language_now())} – {register_title(register)}"


class RowsPanel(InlinePanel):
    """Rows of a record; its words can be declined, which Wagtail's "Add …" does not allow."""

    class BoundPanel(InlinePanel.BoundPanel):
        """The rows of one record."""

        template_name = "records/admin/rows.html"


def form_of(model: type[Record]) -> TabbedInterface:
    """Return the tabs of a record's form: content, rows, sources and links, what is missing."""
    tabs: dict[str, list[Panel]] = {"content": [], "rows": [], "sources": [], "stub": []}
    for panel in model.panels:
        name = _column_name(panel)
        if name in _STUB:
            tabs["stub"].append(panel)
        elif name in _SOURCES:
            tabs["sources"].append(_dressed(panel, model))
        elif isinstance(panel, InlinePanel):
            tabs["rows"].append(_dressed(panel, model))
        else:
            tabs["content"].append(_dressed(panel, model))
    headings = {
        "content": _("Content"),
        "rows": _("Tables"),
        "sources": _("Sources and ties"),
        "stub": _("What is missing"),
    }
    return TabbedInterface(
        [ObjectList(panels, heading=headings[tab]) for tab, panels in tabs.items() if panels],
        base_form_class=RecordForm,
    )


def _column_name(panel: Panel) -> str:
    """Return the column that a panel shows; empty for one of a register's own making."""
    if isinstance(panel, InlinePanel):
        return panel.relation_name
    if isinstance(panel, FieldPanel):
        return panel.field_name
    if isinstance(panel, PanelGroup):
        first = _column_name(panel.children[0]) if panel.children else ""
        column, _underscore, language = first.rpartition("_")
        return column if language in LANGUAGES else first
    return ""


def _dressed(panel: Panel, model: type[Record]) -> Panel:
    """Return the panel with the widgets that its columns need."""
    if isinstance(panel, InlinePanel):
        column = next(
            (one for one in model.table.of(Kind.ROWS) if one.name == panel.relation_name), None
        )
        if column is None:
            return panel
        return _rows(panel, model, column)
    return _with_widget(panel, model, model.table.columns)


def _rows(panel: InlinePanel, model: type[Record], column: Column) -> RowsPanel:
    row_model = getattr(model, column.name).rel.related_model
    panels = panel.panels if panel.panels is not None else row_model.panels
    return RowsPanel(
        panel.relation_name,
        panels=[_with_widget(one, row_model, column.rows) for one in panels],
        heading=panel.heading,
        label=panel.label or _("Row"),
        min_num=panel.min_num,
        max_num=panel.max_num,
        help_text=panel.help_text,
    )


def _with_widget(panel: Panel, model: Any, columns: Iterable[Column]) -> Panel:
    if not isinstance(panel, FieldPanel) or panel.widget is not None:
        return panel
    column = next((one for one in columns if _fits(one, panel.field_name)), None)
    if column is None:
        return panel
    if column.kind is Kind.LINK:
        panel = panel.clone()
        panel.widget = LinkInput()
    elif isinstance(model._meta.get_field(panel.field_name), CodesField):
        panel = panel.clone()
        panel.widget = forms.CheckboxSelectMultiple(attrs={"class": "record-codes"})
    return panel


def _fits(column: Column, name: str) -> bool:
    return column.kind not in TRANSLATED and field_name(column) == name
