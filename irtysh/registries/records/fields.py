"""Database fields made from the columns of a register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from irtysh.registries.records.codes import choices
from irtysh.sources.registers import Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.text import LANGUAGES

MODELS = {
    "places": "places.Place",
    "organisations": "organisations.Organisation",
    "acts": "acts.Act",
    "harmonisation": "acts.Requirement",
    "programmes": "programmes.Programme",
    "objectives": "programmes.Objective",
    "measures": "programmes.Measure",
    "targets": "programmes.Target",
    "projects": "projects.Project",
    "initiatives": "initiatives.Initiative",
    "series": "events.Series",
    "events": "events.Event",
    "obstacles": "obstacles.Obstacle",
    "offers": "offers.Offer",
    "factors": "library.Factor",
    "glossary": "library.Term",
    "publications": "library.Publication",
    "guides": "guides.Guide",
}
"""Register → the model that keeps it."""

DAY = RegexValidator(r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z",
                     _("A day as 2024-05-31, a month as 2024-05 or a year as 2024."))  # fmt: skip
_SHORT, _LONG = 500, 2000
_DIGITS, _PLACES = 24, 8


class _OfCodes(models.Field):
    """A field that knows its code list."""

    def __init__(self, *args: Any, codes: str = "", **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "codes": self.codes}


class CodeField(_OfCodes, models.CharField):
    """A code of a list, chosen by its name in the language of the screen."""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", "—"), *choices(self.codes)],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class CodesField(_OfCodes, models.JSONField):
    """Several codes of one list."""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=lambda: choices(self.codes),
            required=False,
            label=self.verbose_name,
            widget=forms.SelectMultiple(attrs={"size": 8}),
        )


class LinesWidget(forms.Textarea):
    """A list as lines of text."""

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or ())


class LinesFormField(forms.CharField):
    """A list typed one entry a line."""

    widget = LinesWidget(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data)


class LinesField(models.JSONField):
    """A list of short texts."""

    def formfield(self, **kwargs: Any) -> Any:
        return LinesFormField(
            required=False, label=self.verbose_name, help_text=_("One entry a line.")
        )


def label_of(register: str, column: str, language: str = "") -> Any:
    """Return a label that follows the language of the screen."""

    def words() -> str:
        label = column_label(register, column, (get_language() or LANGUAGES[0])[:2])
        return f"{label} ({language})" if language else label

    return lazy(words, str)()


def fields_of(
    register: str, columns: tuple[Column, ...], of_rows: str = ""
) -> Iterator[tuple[str, models.Field]]:
    """Yield name and field of every column that is kept in the record's own table.

    Labels are set on the finished field: in its arguments they would be frozen into migrations,
    in one language.
    """
    for column in columns:
        path = f"{of_rows}.{column.name}" if of_rows else column.name
        if column.kind in TRANSLATED:
            for language in LANGUAGES:
                field = _text(column)
                field.verbose_name = label_of(register, path, language)
                yield f"{column.name}_{language}", field
        elif column.kind is not Kind.ROWS:
            field = _MADE[column.kind](column)
            field.verbose_name = label_of(register, path)
            yield field_name(column), field


def field_name(column: Column) -> str:
    """Return the model's name of a column; Python keeps "from" for itself."""
    return "from_day" if column.name == "from" else column.name


def _text(column: Column) -> models.Field:
    if column.kind is Kind.TEXT:
        return models.CharField(max_length=_SHORT, blank=True)
    return models.TextField(blank=True)


def _string(column: Column) -> models.Field:
    if column.name == "geojson":
        return models.TextField(blank=True)
    if column.name == "expression":  # as long as a program can read
        return models.TextField(blank=not column.is_required)
    return models.CharField(max_length=_SHORT, blank=not column.is_required)


def _code(column: Column) -> models.Field:
    return CodeField(max_length=40, blank=not column.is_required, codes=column.codes)


def _decimal(column: Column) -> models.Field:
    return models.DecimalField(
        max_digits=_DIGITS, decimal_places=_PLACES, null=True, blank=True,
        validators=_bounds(column),
    )  # fmt: skip


def _record(column: Column) -> models.Field:
    model = MODELS[column.register]
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


_MADE: dict[Kind, Callable[[Column], models.Field]] = {
    Kind.STRING: _string,
    Kind.ADDRESS: lambda column: models.URLField(max_length=_LONG, blank=True),
    Kind.LINK: lambda column: models.CharField(max_length=200, blank=True),
    Kind.DAY: lambda column: models.CharField(max_length=10, blank=True, validators=[DAY]),
    Kind.CODE: _code,
    Kind.CODES: lambda column: CodesField(default=list, blank=True, codes=column.codes),
    Kind.STRINGS: lambda column: LinesField(default=list, blank=True),
    Kind.INTEGER: lambda column: models.IntegerField(
        null=True, blank=True, validators=_bounds(column)
    ),
    Kind.DECIMAL: _decimal,
    Kind.FLAG: lambda column: models.BooleanField(null=True, blank=True),
    Kind.RECORD: _record,
}


def _bounds(column: Column) -> list[Any]:
    low, high = column.low, column.high
    return [
        *([] if low is None else [MinValueValidator(low)]),
        *([] if high is None else [MaxValueValidator(high)]),
    ]
