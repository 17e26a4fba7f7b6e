"""The form of a record: what its columns ask, and how much of it this person may change."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from irtysh.registries.records.codes import language_now
from irtysh.registries.records.deeds import managed_words
from irtysh.registries.records.fields import CodesField, field_name
from irtysh.registries.records.models import Record, Row
from irtysh.registries.records.policy import ALL, NOTHING, TRANSLATIONS, freedom_of, may_with
from irtysh.registries.records.rules import INCOMPLETE
from irtysh.sources.registers import Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain


class RecordForm(WagtailAdminModelForm):
    """Columns and rows of a record.

    Fields that the person may not change are shown and closed; a value sent for one of them all
    the same is refused with PermissionDenied, never passed over in silence.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        self.freedom = ALL if is_new else freedom_of(self.for_user, self.instance)
        if self.freedom != ALL:
            self._close()
        elif not is_new and (self.instance.live or self.instance.first_published_at):
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("Part of the record's lasting address.")
        if not is_new:
            self._close_managed()

    def full_clean(self) -> None:
        """Refuse what the person may not send before anything else is looked at."""
        if self.is_bound:
            self._refuse_closed()
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Keep codes in the order they were in: ticked boxes come in the order of their list."""
        cleaned = super().clean() or self.cleaned_data
        for field in self.instance._meta.concrete_fields:
            if isinstance(field, CodesField) and field.name in cleaned:
                before = self.initial.get(field.name) or []
                ticked = cleaned[field.name]
                kept = [code for code in before if code in ticked]
                cleaned[field.name] = kept + [code for code in ticked if code not in kept]
        return cleaned

    def is_valid(self) -> bool:
        """Check form and rows, then the record that they would make together."""
        if not super().is_valid():
            return False
        if self.freedom != NOTHING:
            self.made = self._made()
            """The record as it will be; only after ``is_valid``."""
            self._check_sides(self.made)
            for fault in self.made.faults():
                if fault.severity == "error" and not self._may_wait(fault):
                    self._blame(fault)
        return not self.errors and all(formset.is_valid() for formset in self.formsets.values())

    # What is closed

    def _close(self) -> None:
        before = self._before()
        open_texts = self.freedom == TRANSLATIONS
        for name, field in self.fields.items():
            field.disabled = not (open_texts and _awaits(self.instance, before, name))
        for formset in self.formsets.values():
            formset.max_num = formset.initial_form_count()
            for form in formset.forms:
                for name, field in form.fields.items():
                    if name != "id":
                        field.disabled = not (
                            open_texts and _awaits(form.instance, form.instance, name)
                        )

    def _close_managed(self) -> None:
        """Close what only an action changes, whatever an older version to go back to says."""
        columns = [self.instance.table.column(name) for name in self.instance.managed_now()]
        if not columns:
            return
        known = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        stored = known.values(*(field_name(column) for column in columns)).get()
        for column in columns:
            name = field_name(column)
            setattr(self.instance, name, stored[name])
            self.initial[name] = stored[name]
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = managed_words(
                    self.for_user, self.instance, column.name
                )

    def _before(self) -> Record:
        """Return what decides whether a text is missing: not what the same person just wrote."""
        latest = self.instance.latest_revision
        if self.instance.live and latest and latest.user_id == getattr(self.for_user, "pk", None):
            return type(self.instance)._default_manager.get(pk=self.instance.pk)
        return self.instance

    def _refuse_closed(self) -> None:
        for formset in self.formsets.values():
            if self.freedom != ALL and formset.total_form_count() > formset.initial_form_count():
                raise PermissionDenied
        forms_of = (self, *(form for one in self.formsets.values() for form in one.forms))
        for form in forms_of:
            if any(_was_sent(form, name, field) for name, field in form.fields.items()):
                raise PermissionDenied

    # What holds for the whole

    def _made(self) -> Record:
        """Return the record as the form would save it, without touching the one being edited."""
        made = type(self.instance)()
        for field in type(self.instance)._meta.concrete_fields:
            setattr(made, field.attname, getattr(self.instance, field.attname))
        for name, formset in self.formsets.items():
            kept = [form for form in formset.forms if _is_kept(formset, form)]
            if issubclass(formset.model, Row):
                setattr(made, name, [copy(form.instance) for form in kept])
        return made

    def _check_sides(self, made: Record) -> None:
        action = "add" if self.instance.pk is None else "change"
        if self.for_user is None or self.freedom != ALL or may_with(self.for_user, action, made):
            return
        where = "side" if "side" in self.fields else None
        self.add_error(where, _("You may keep records of your own side only."))

    def _may_wait(self, fault: Fault) -> bool:
        return self.is_deferred_validation and fault.code in INCOMPLETE

    def _blame(self, fault: Fault) -> None:
        """Put a fault where the person can mend it."""
        said = explain(fault, language_now())
        rows, dot, name = fault.column.rpartition(".")
        form: forms.BaseForm = self
        columns = self.instance.table.columns
        if dot and rows in self.formsets:
            formset = self.formsets[rows]
            form = [one for one in formset.forms if _is_kept(formset, one)][fault.line - 1]
            columns = self.instance.table.column(rows).rows
        column = next((one for one in columns if one.name == name), None)
        field = _form_field(column) if column else None
        form.add_error(field if field in form.fields else None, ValidationError(said))


def _awaits(holder: Any, before: Any, name: str) -> bool:
    """Return True for a text that another language has and this one lacks."""
    column, _underscore, language = name.rpartition("_")
    if language not in LANGUAGES or not hasattr(holder, f"{column}_{LANGUAGES[0]}"):
        return False
    others = (getattr(holder, f"{column}_{one}") for one in LANGUAGES if one != language)
    is_missing = not getattr(before, name) or not getattr(holder, name)
    return is_missing and any(others)


def _was_sent(form: forms.BaseForm, name: str, field: forms.Field) -> bool:
    """Return True if another value than the stored one was sent for a closed field."""
    key = form.add_prefix(name)
    if not field.disabled or key not in form.data:
        return False
    sent = field.widget.value_from_datadict(form.data, form.files, key)
    if sent in (None, "", []) and name == DELETION_FIELD_NAME:
        return False
    field.disabled = False
    try:
        return field.has_changed(form.get_initial_for_field(field, name), sent)
    finally:
        field.disabled = True


def _is_kept(formset: Any, form: Any) -> bool:
    """Return True for a row that will be there after saving."""
    if formset.can_delete and formset._should_delete_form(form):
        return False
    return form in formset.initial_forms or form.has_changed()


def _form_field(column: Column) -> str:
    if column.kind in TRANSLATED:
        return f"{column.name}_{language_now()}"
    return "" if column.kind is Kind.ROWS else field_name(column)
