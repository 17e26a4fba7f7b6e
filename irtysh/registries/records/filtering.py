"""Narrowing the back office's list of a register: the readers' facets, and the work to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import WorkflowState

from irtysh.registries.records.codes import choices, language_now
from irtysh.registries.records.fields import label_of
from irtysh.registries.records.models import Listing, ListingFacet, Record
from irtysh.sources.registers import Column, Kind
from irtysh.vocabulary.text import LANGUAGES

Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]
Waiting = Mapping[str, tuple[Any, Narrow]]
"""Name of a piece of work → its words, and what finds the records that await it."""

_NAMES = {"ru": "Русский", "kk": "Қазақша", "en": "English"}
_PUBLISHED, _CHANGED, _DRAFT, _IN_REVIEW = "published", "changed", "draft", "review"


def filters_of(model: type[Record], waiting: Waiting) -> type[WagtailFilterSet]:
    """Return the filters of a register's list."""
    found: dict[str, Any] = {}
    if waiting:
        found["waiting"] = django_filters.ChoiceFilter(
            label=_("To do"),
            choices=[(name, words) for name, (words, _narrow) in waiting.items()],
            method=lambda records, _name, value: waiting[value][1](records),
        )
    found["standing"] = django_filters.ChoiceFilter(
        label=_("Published or not"), choices=_standings, method=_with_standing
    )
    found["untranslated"] = django_filters.ChoiceFilter(
        label=_("No text in"),
        choices=[(language, _NAMES[language]) for language in LANGUAGES],
        method=_untranslated,
    )
    for column in model.table.columns:
        if column.is_facet:
            found[column.name] = _of_facet(model, column)
    meta = type("Meta", (), {"model": model, "fields": []})
    return type(f"{model.__name__}Filters", (WagtailFilterSet,), {**found, "Meta": meta})


def untranslated(records: QuerySet[Any], language: str) -> QuerySet[Any]:
    """Return the published records in which a text of this language is missing."""
    listed = Listing.objects.filter(
        register=records.model.table.name, untranslated__contains=language
    )
    return records.filter(code__in=listed.values("code"))


def _untranslated(records: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    return untranslated(records, value)


def _standings() -> list[tuple[str, Any]]:
    return [
        (_PUBLISHED, _("Published")),
        (_CHANGED, _("Published, with a newer draft")),
        (_DRAFT, _("Never published, or withdrawn")),
        (_IN_REVIEW, _("In review")),
    ]


def _with_standing(records: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    if value == _IN_REVIEW:
        states = WorkflowState.objects.active().filter(
            content_type=ContentType.objects.get_for_model(records.model)
        )
        return records.filter(pk__in=[int(pk) for pk in states.values_list("object_id", flat=True)])
    narrow = {
        _PUBLISHED: Q(live=True),
        _CHANGED: Q(live=True, has_unpublished_changes=True),
        _DRAFT: Q(live=False),
    }
    return records.filter(narrow[value])


def _of_facet(model: type[Record], column: Column) -> django_filters.Filter:
    label = label_of(model.table.name, column.name)
    if column.kind is Kind.CODE:
        return django_filters.ChoiceFilter(
            field_name=column.name, label=label, choices=lambda: choices(column.codes)
        )
    if column.kind is Kind.CODES:
        options: Any = lambda: choices(column.codes)  # noqa: E731
    elif column.kind is Kind.FLAG:
        return django_filters.BooleanFilter(field_name=column.name, label=label)
    else:
        options = lambda: _used(model, column.name)  # noqa: E731
    return django_filters.ChoiceFilter(
        label=label, choices=options, method=_with_facet(column.name)
    )


def _used(model: type[Record], facet: str) -> list[tuple[str, str]]:
    values = (
        ListingFacet.objects.filter(register=model.table.name, facet=facet)
        .order_by("value")
        .values_list("value", flat=True)
        .distinct()
    )
    return [
        (value, model.facet_value_label(facet, value, language_now())) for value in values[:300]
    ]


def _with_facet(facet: str) -> Callable[[QuerySet[Any], str, str], QuerySet[Any]]:
    def narrow(records: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        listed = ListingFacet.objects.filter(
            register=records.model.table.name, facet=facet, value=value
        )
        return records.filter(code__in=listed.values("listing__code"))

    return narrow
