"""What is done with a record besides editing it, and the columns that nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.widgets.button import Button, HeaderButton

from irtysh.registries.records.codes import language_now
from irtysh.registries.records.models import Record, register_title
from irtysh.registries.records.policy import may_with, office_address
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Deed:
    """One kind of thing done with a record, on a page of its own.

    Attributes
    ----------
    register : str
    label : lazy str
        What the button says: "Set the stage".
    action : str
        Of the matrix: "set_stage".
    url : str
        Name of the page's address; it takes the id of the record.
    columns : tuple of str
        Managed columns that it changes.
    """

    register: str
    label: str | Promise
    action: str
    url: str
    icon: str = "arrow-right"
    columns: tuple[str, ...] = ()

    def address(self, record: Record) -> str:
        """Return where it is done."""
        return reverse(self.url, args=(record.code,))


_known: dict[str, Deed] = {}


def register_deed(deed: Deed) -> None:
    """Give a register's list and forms the button of a deed."""
    _known[deed.url] = deed


def deeds_of(register: str) -> list[Deed]:
    """Return what is done with records of a register."""
    return [deed for deed in _known.values() if deed.register == register]


def deed_for(register: str, column: str) -> Deed | None:
    """Return the deed that changes a managed column."""
    return next((deed for deed in deeds_of(register) if column in deed.columns), None)


def open_deeds(user: Any, record: Record) -> Iterator[Deed]:
    """Yield what a person may do with a record."""
    for deed in deeds_of(record.table.name):
        if may_with(user, deed.action, record):
            yield deed


def list_buttons(user: Any, record: Record) -> list[Button]:
    """Return the buttons of a record in the list of its register."""
    return [
        Button(deed.label, url=deed.address(record), icon_name=deed.icon, priority=15)
        for deed in open_deeds(user, record)
    ]


def header_buttons(user: Any, record: Record) -> list[HeaderButton]:
    """Return the buttons over a record's form or page."""
    return [
        HeaderButton(
            deed.label, url=deed.address(record), icon_name=deed.icon,
            classname="button-small button-secondary",
        )
        for deed in open_deeds(user, record)
    ]  # fmt: skip


def managed_words(user: Any, record: Record, column: str) -> str:
    """Return what stands under a managed column in the form: what changes it, with the way there.

    Safe as HTML.
    """
    deed = deed_for(record.table.name, column)
    if deed is None:
        return _("Not changed here.")
    label = format_html("“{}”", deed.label)
    if user is not None and may_with(user, deed.action, record):
        label = format_html('<a href="{}">{}</a>', deed.address(record), deed.label)
    return format_html(_("Not changed here, but by: {}"), label)


def managed_params(register: str, column: str) -> dict[str, Text]:
    """Return column and deed in every language, for a fault that may be read in any."""
    deed = deed_for(register, column)
    labels, deeds = {}, {}
    for language in LANGUAGES:
        labels[language] = column_label(register, column, language)
        with override(language):
            deeds[language] = str(deed.label) if deed is not None else "–"
    return {"column": Text(labels), "deed": Text(deeds)}


def heading(user: Any, record: Record, title: str, icon: str = "arrow-right") -> dict[str, Any]:
    """Return what Wagtail's header needs on the page of a deed: register, record, the deed."""
    register = record.table.name
    listed = reverse(record.snippet_viewset.get_url_name("list"))
    name = record.title_in(language_now())
    return {
        "page_title": title,
        "page_subtitle": name,
        "header_title": f"{title}: {name}",
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": listed, "label": register_title(register)},
            {"url": office_address(user, record), "label": name},
            {"url": "", "label": title},
        ],
    }
