"""What a browser would send for the form of a record as it was opened."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from wagtail.admin.panels import get_edit_handler

from irtysh.registries.records.models import Record


def posted(record: Record, only: tuple[str, ...] = (), **changed: Any) -> dict[str, Any]:
    """Return the fields of a record's form, as its newest draft has them, with some changed.

    ``only`` leaves out every other field, as a browser leaves out those that are disabled.
    """
    if record.pk is not None:
        record = type(record).objects.get(pk=record.pk).get_latest_revision_as_object()
    form = get_edit_handler(type(record)).get_form_class()(instance=record)
    sent: dict[str, Any] = {}
    for one in (form, *(row for rows in form.formsets.values() for row in rows.forms)):
        sent.update(_fields(one, only))
    for rows in form.formsets.values():
        sent.update(_fields(rows.management_form, ()))
    if record.latest_revision:
        sent["loaded_revision_id"] = str(record.latest_revision_id)
        sent["loaded_revision_created_at"] = record.latest_revision.created_at.isoformat()
    return {**sent, **changed}


def _fields(form: BaseForm, only: tuple[str, ...]) -> dict[str, Any]:
    found = {}
    for field in form:
        if only and field.html_name not in only and field.name != "id":
            continue
        value = field.field.widget.format_value(field.value())
        if value not in (None, "", []):
            found[field.html_name] = value
    return found
