"""A record of a register: its fields, its history, its rows; and the listing of all of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    RevisionMixin,
    WorkflowMixin,
)

from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.fields import field_name, fields_of, label_of
from irtysh.registries.records.imports import (  # noqa: F401 (tables of this application)
    ImportBatch,
    ImportedRow,
    UploadedSheet,
)
from irtysh.registries.records.rules import INCOMPLETE, Resolves, faults_of, own_faults
from irtysh.registries.records.signals import removed, saved, saving
from irtysh.registries.records.translated import Translated
from irtysh.sources.registers import TABLES, Column, Kind, Table, table
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label, register_words
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_CODE = RegexValidator(
    r"\A[a-z0-9][a-z0-9_.-]{0,79}\Z", _("Lower-case letters, digits, hyphens; at most 80.")
)


class Tag(NamedTuple):
    """A word above a record's name: what it is, how it stands.

    ``mood`` is "good", "absent" or empty; the word itself always says the same as the mood.
    """

    name: str
    text: str
    code: str
    mood: str = ""


_TAGGED = ("kind", "gap", "status", "stage", "level", "regime")


class Record(
    Translated, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel,
    models.Model,
):  # fmt: skip
    """One entry of a register. Its columns are those of ``table`` (see ``keeps``)."""

    table: ClassVar[Table]
    managed: ClassVar[tuple[str, ...]] = ()
    """Columns that only an action changes once the record is there: forms and imports do not."""

    code = models.CharField(
        _("id"), max_length=80, unique=True, validators=[_CODE],
        help_text=_("Part of the record's lasting address; do not change it once published."),
    )  # fmt: skip
    extra = models.JSONField(default=dict, blank=True, editable=False)
    """Fields of the case file that no column keeps."""
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Hash of the document last loaded from a case: another content was written by an editor."""
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title_in(language="") or self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and renew the record's entry in the listing.

        Wagtail saves single fields of a record that holds an unpublished draft: what is in it
        then is not for readers, so the listing stays as it is.
        """
        if kwargs.get("update_fields") is not None:
            super().save(*args, **kwargs)
            return
        saving.send(type(self), record=self)
        super().save(*args, **kwargs)
        saved.send(type(self), record=self)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete, also from the listing."""
        removed.send(type(self), record=self)
        return super().delete(*args, **kwargs)

    # Texts

    def title_in(self, language: str = "") -> str:
        """Return the record's name, in another language where it has none in this one."""
        column = self.title_column()
        return self.text_or_other(column, language or language_now())[0] if column else self.code

    @classmethod
    def title_column(cls) -> str:
        """Return the column that names a record."""
        known = {column.name for column in cls.table.columns}
        return next((name for name in ("name", "title", "term", "text") if name in known), "")

    def summary_in(self, language: str = "") -> str:
        """Return what stands under the name in a list."""
        known = {column.name for column in self.table.columns}
        for name in ("summary", "definition", "text"):
            if name in known and name != self.title_column():
                return self.text_or_other(name, language or language_now())[0]
        return ""

    def untranslated(self) -> list[str]:
        """Return the languages in which a text is missing that another language has."""
        names = [column.name for column in self.table.of(*TRANSLATED)]
        return [
            language
            for language in LANGUAGES
            if any(
                not self.text(name, language) and any(self.text(name, other) for other in LANGUAGES)
                for name in names
            )
        ]

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return the words above the record's name as of a day; a register overrides it."""
        columns = {column.name: column for column in self.table.columns}
        return [
            Tag(name, code_name(columns[name].codes, value, language), value)
            for name in _TAGGED
            if name in columns and columns[name].codes and (value := getattr(self, name))
        ]

    # What the listing shows and narrows by

    def facets(self) -> dict[str, list[str]]:
        """Return the values by which readers narrow the list."""
        found = {
            column.name: _facet_values(self, column)
            for column in self.table.columns
            if column.is_facet
        }
        found.update(self.more_facets())
        return {name: values for name, values in found.items() if values}

    def more_facets(self) -> dict[str, list[str]]:
        """Return computed facets; a register overrides it."""
        return {}

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        return column_label(cls.table.name, facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        column = {one.name: one for one in cls.table.columns}.get(facet)
        if column is None:
            return value
        if column.kind in (Kind.CODE, Kind.CODES):
            return code_name(column.codes, value, language)
        if column.kind is Kind.RECORD:
            return title_of(column.register, value, language)
        if column.name == "parties":
            return code_name("areas", value, language)
        return value

    def append(self, column: str, row: Row) -> None:
        """Add a row behind those that are there; saved with the record."""
        manager = getattr(self, column)
        row.sort_order = max((one.sort_order or 0 for one in manager.all()), default=-1) + 1
        manager.add(row)

    def managed_now(self) -> tuple[str, ...]:
        """Return the managed columns as things stand; a register may close more of them."""
        return self.managed

    # What must hold

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield everything wrong with the record and its rows; a register adds its own rules.

        ``resolves`` says whether a link leads somewhere; by default, to a published record.
        """
        yield from faults_of(self, resolves or is_listed)

    def clean(self) -> None:
        """Check the record's own columns, whether finished or a draft.

        Its rows are not looked at: where Django calls this, a form has not put them in place yet
        (irtysh/registries/records/forms.py looks at all of it).
        """
        super().clean()
        language = language_now()
        found = [one for one in own_faults(self) if one.code not in INCOMPLETE]
        if found:
            raise ValidationError({one.column: explain(one, language) for one in found})

    def sides(self) -> set[str]:
        """Return the sides of the border that the record speaks for; empty for neither."""
        own = getattr(self, "side", "")
        return {own} if own else set()

    def day(self) -> str:
        """Return the day by which lists put newest first; empty where the register has none."""
        return next(
            (
                getattr(self, name)
                for name in ("date", "start", "registered_on", "published_on", "valid_from")
                if getattr(self, name, "")
            ),
            "",
        )

    def point(self) -> tuple[float, float] | None:
        """Return latitude and longitude, or None where the record has no place on the map."""
        if getattr(self, "lat", None) is not None and self.lon is not None:
            return float(self.lat), float(self.lon)
        place = getattr(self, "place", None)
        return place.point() if isinstance(place, Record) else None

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the record in the words of schema.org; a register overrides it."""
        return {
            "@context": "https://schema.org",
            "@type": "Thing",
            "@id": address,
            "url": address,
            "identifier": self.code,
            "name": self.title_in(language),
            "description": self.summary_in(language),
            "inLanguage": language,
        }


class Row(Translated, Orderable):
    """A row of a record's own: a product, a relation, an amount."""

    columns: ClassVar[tuple[Column, ...]]

    class Meta(Orderable.Meta):
        abstract = True


RecordModel = TypeVar("RecordModel", bound=type[Record])


def keeps(register: str) -> Callable[[RecordModel], RecordModel]:
    """Give a model the columns of its register, a model for each kind of row, and its form.

    Columns are declared once, in irtysh/sources/registers/tables.py; file, form and database
    follow (docs/adr/0008-registers.md).
    """

    def with_columns(model: RecordModel) -> RecordModel:
        model.table = table(register)
        for name, field in fields_of(register, model.table.columns):
            model.add_to_class(name, field)
        for column in model.table.of(Kind.ROWS):
            _row_model(model, register, column)
        model.panels = [FieldPanel("code"), *_panels(register, model.table.columns)]
        return model

    return with_columns


def _row_model(model: type[Record], register: str, column: Column) -> None:
    name = model.__name__ + "".join(part.capitalize() for part in column.name.split("_"))
    fields = dict(fields_of(register, column.rows, column.name))
    row = type(
        name,
        (Row,),
        {
            "__module__": model.__module__,
            "__qualname__": name,
            "columns": column.rows,
            "record": ParentalKey(model, on_delete=models.CASCADE, related_name=column.name),
            "panels": _panels(register, column.rows, column.name),
            "Meta": type("Meta", (Row.Meta,), {"app_label": model._meta.app_label}),
            **fields,
        },
    )
    setattr(sys.modules[model.__module__], name, row)


def _panels(register: str, columns: Iterable[Column], of_rows: str = "") -> list[Any]:
    panels: list[Any] = []
    for column in columns:
        path = f"{of_rows}.{column.name}" if of_rows else column.name
        label = next(iter(fields_of(register, (column,), of_rows)), None)
        if column.kind is Kind.ROWS:
            panels.append(InlinePanel(column.name, heading=_heading(register, path)))
        elif column.kind in TRANSLATED:
            parts = [FieldPanel(f"{column.name}_{language}") for language in LANGUAGES]
            panels.append(MultiFieldPanel(parts, heading=_heading(register, path)))
        elif label is not None:
            panels.append(FieldPanel(field_name(column)))
    return panels


def _heading(register: str, path: str) -> Any:
    return label_of(register, path)


def _facet_values(record: Record, column: Column) -> list[str]:
    value = getattr(record, field_name(column))
    if column.kind is Kind.RECORD:
        return [value.code] if value else []
    if column.kind is Kind.FLAG:
        return [] if value is None else ["yes" if value else "no"]
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


class Listing(models.Model):
    """What lists, search and the map show of a published record of any register."""

    register = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    title_ru = models.CharField(max_length=500, blank=True)
    title_kk = models.CharField(max_length=500, blank=True)
    title_en = models.CharField(max_length=500, blank=True)
    sort_ru = models.CharField(max_length=120, blank=True)
    sort_kk = models.CharField(max_length=120, blank=True)
    sort_en = models.CharField(max_length=120, blank=True)
    summary_ru = models.CharField(max_length=300, blank=True)
    summary_kk = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    words_ru = models.TextField(blank=True)
    words_kk = models.TextField(blank=True)
    words_en = models.TextField(blank=True)
    """Stems of the record's words, each after a space, so that a beginning can be looked for."""
    day = models.CharField(max_length=10, blank=True)
    side = models.CharField(max_length=2, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    untranslated = models.CharField(max_length=12, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "code"], name="listed_once"),
        ]
        indexes = [
            models.Index(fields=["register", "sort_ru"]),
            models.Index(fields=["register", "sort_kk"]),
            models.Index(fields=["register", "sort_en"]),
            models.Index(fields=["register", "-day"]),
            models.Index(fields=["-changed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.register}/{self.code}"

    def title(self, language: str) -> str:
        """Return the title, in another language where this one is missing."""
        order = (language, *(one for one in LANGUAGES if one != language))
        return next((t for one in order if (t := getattr(self, f"title_{one}"))), self.code)

    def summary(self, language: str) -> str:
        """Return the beginning of the summary; empty where there is none in this language."""
        return str(getattr(self, f"summary_{language}"))


class ListingFacet(models.Model):
    """One value of one facet of a listed record."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="facets")
    register = models.CharField(max_length=40)
    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["register", "facet", "value", "listing"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class Reference(models.Model):
    """A published record pointing at another: read backwards it is "who speaks of me"."""

    from_register = models.CharField(max_length=40)
    from_code = models.CharField(max_length=80)
    field = models.CharField(max_length=60)
    """Column, or rows.column; for a link, ``links`` and the kind of the tie: links.follows."""
    to_register = models.CharField(max_length=40)
    to_code = models.CharField(max_length=80)

    class Meta:
        indexes = [
            models.Index(fields=["to_register", "to_code"]),
            models.Index(fields=["from_register", "from_code"]),
        ]

    def __str__(self) -> str:
        return f"{self.from_register}/{self.from_code} → {self.to_register}/{self.to_code}"


class Stamp(models.Model):
    """A number that grows with every change of any register: the tag of pages made from them."""

    name = models.CharField(max_length=20, unique=True)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


def registers() -> dict[str, type[Record]]:
    """Return register → model, in the order of the tables."""
    models_of = {
        model.table.name: model for model in apps.get_models() if issubclass(model, Record)
    }
    return {name: models_of[name] for name in TABLES if name in models_of}


def title_of(register: str, code: str, language: str = "") -> str:
    """Return the title of a listed record, or its code where it is not listed."""
    found = Listing.objects.filter(register=register, code=code).first()
    return found.title(language or language_now()) if found else code


def is_listed(register: str, code: str) -> bool:
    """Return True if a record is published."""
    return Listing.objects.filter(register=register, code=code).exists()


def register_title(register: str, language: str = "") -> str:
    """Return the heading of a register."""
    return register_words(register, "title", language or language_now())


def references_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield (field, register, code) for everything that a record points at."""
    for column in record.table.columns:
        if column.kind is Kind.RECORD:
            other = getattr(record, field_name(column))
            if other is not None:
                yield column.name, column.register, other.code
        elif column.kind is Kind.ROWS:
            for row in getattr(record, column.name).all():
                yield from _row_references(column, row)


def _row_references(rows: Column, row: Row) -> Iterator[tuple[str, str, str]]:
    for column in rows.rows:
        value = getattr(row, field_name(column), None)
        if column.kind is Kind.RECORD and value is not None:
            yield f"{rows.name}.{column.name}", column.register, value.code
        elif column.kind is Kind.LINK and value and "/" in value:
            tie = f"links.{row.kind}" if rows.name == "links" else rows.name
            register, _slash, code = value.partition("/")
            yield tie, register, code
