"""The release calendar and the corrections: days, datasets by name, what came and what is to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.presenters.releases import newest
from irtysh.portal.reading import Reading
from irtysh.portal.registers import facts
from irtysh.portal.registers.cards import card
from irtysh.registries.announcements.models import Announcement, Correction
from irtysh.registries.announcements.rules import UPCOMING
from irtysh.registries.records.finding import Asked, page_of
from irtysh.registries.records.models import Listing, Record, registers
from irtysh.registries.records.shelf import catalogue

_LAST = 10


def present_list(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return what is to come in the order of its days, and the newest releases of all datasets."""
    page: dict[str, Any] = {
        "published": newest(reading, _LAST),
        "items": _cards(page_of(asked)[1], reading),
    }
    if asked.is_narrowed or asked.page > 1:
        return page
    coming = Announcement.objects.filter(live=True, state__in=UPCOMING).order_by(
        "planned_on", "code"
    )
    listed = {one.code for one in Listing.objects.filter(register="announcements")}
    shown = [_card(one, reading) for one in coming if one.code in listed]
    return page | {"coming": shown, "is_coming": True}


def present_corrections(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return corrections with the day on which each was announced, and its datasets."""
    return {"items": _cards(page_of(asked)[1], reading)}


def present(record: Record, reading: Reading) -> Mapping[str, Any]:
    """Return the facts of an announcement or a correction, its datasets by name and address."""
    found = facts.facts(record, reading)
    for fact in found:
        if fact.get("name") == "datasets":
            fact["rows"] = [[one] for one in _datasets(record, reading)]
    return {"facts": found}


def _cards(listings: Sequence[Listing], reading: Reading) -> list[dict[str, Any]]:
    if not listings:
        return []
    model = registers()[listings[0].register]
    records = model.objects.in_bulk([one.code for one in listings], field_name="code")
    return [_card(records[one.code], reading) for one in listings if one.code in records]


def _card(record: Any, reading: Reading) -> dict[str, Any]:
    """Return a card that says when, and of which datasets."""
    parts = [*_days(record, reading), *(one["text"] for one in _datasets(record, reading))]
    return card(record, reading) | {"day": " · ".join(parts)}


def _days(record: Announcement | Correction, reading: Reading) -> list[str]:
    """Return when a release is planned or came out and from when it was moved, in words."""
    if isinstance(record, Correction):
        day = words.day_words(record.announced_on)
        return [_("announced on %(day)s") % {"day": day}] if day else []
    planned, published = (words.day_words(day) for day in (record.planned_on, record.published_on))
    if published:
        return [_("published on %(day)s") % {"day": published}]
    found = [_("planned for %(day)s") % {"day": planned}] if planned else []
    move = record.moves.last()
    if move is not None and move.planned_before != record.planned_on:
        before = words.day_words(move.planned_before)
        found.append(_("before that for %(day)s") % {"day": before})
    return found


def _datasets(record: Any, reading: Reading) -> list[dict[str, str]]:
    """Return the datasets that a record names: title and address, the id where there is none."""
    known = catalogue().all()
    return [
        {
            "text": reading.text(known[one].about.get("title")) or one,
            "path": reverse("portal:explore-dataset", args=[one]),
        }
        if one in known
        else {"text": one}
        for one in record.datasets
    ]
