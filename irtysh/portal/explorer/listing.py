"""The list of all datasets: found by words, by where they come from, by topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.explorer.opening import Opened, about
from irtysh.portal.reading import Reading
from irtysh.publication.selecting import counted
from irtysh.registries.records.shelf import catalogue
from irtysh.store.selection import EVERYTHING
from irtysh.vocabulary.stems import stems

_PRICES = {"INDEX"}
_MONEY = {"X", "M", "T"}


def list_page(reading: Reading, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the datasets that fit the words, the kind and the topic asked for."""
    listed = [_entry(Opened(reading, offered)) for offered in catalogue().all().values()]
    words, kind, topic = (asked.get(name, "").strip() for name in ("q", "kind", "topic"))
    wanted = stems(words, reading.language)
    found = [
        one
        for one in listed
        if (not kind or one["kind"] == kind)
        and (not topic or topic in one["topics"])
        and (not words or _fits(one, words, wanted, reading.language))
    ]
    topics = topic_names()
    there = dict.fromkeys(name for one in listed for name in one["topics"])
    return {
        "datasets": found,
        "total": len(listed),
        "question": words,
        "words": words,
        "kind": kind,
        "kinds": kind_names(),
        "topic": topic,
        "topics": {name: text for name, text in topics.items() if name in there},
        "topic_names": topics,
        "is_filtered": bool(words or kind or topic),
    }


def kind_names() -> dict[str, str]:
    """Return where datasets come from."""
    return {"case": _("collected for this portal"), "imported": _("imported from a publisher")}


def topic_names() -> dict[str, str]:
    """Return the topics; a dataset has those that its measures and flows show."""
    return {
        "trade": _("Foreign trade"),
        "goods": _("By goods"),
        "transport": _("Transport and border"),
        "economy": _("Economy and prices"),
        "plans": _("Plans and targets"),
    }


def _entry(one: Opened) -> dict[str, Any]:
    entry = about(one)
    return {**entry, "topics": _topics(one)}


def _topics(one: Opened) -> list[str]:
    """Return the topics of a dataset, read from what it holds."""
    dataset = one.offered.dataset

    def has(column: str) -> set[str]:
        return set(counted(dataset, column, EVERYTHING))

    flows, goods, measures = has("flow"), has("commodity"), has("measure")
    found = []
    if flows & _MONEY and measures & {"VALUE", "WEIGHT"}:
        found.append("trade")
    if goods - {"_T", "_Z"} and flows & _MONEY:
        found.append("goods")
    if measures & {"LENGTH", "AREA"} or has("unit") & {"TKM"}:
        found.append("transport")
    if not flows & _MONEY and not measures & {"LENGTH", "AREA"}:
        found.append("economy")
    if "TARGET" in has("status"):
        found.append("plans")
    return found


def _fits(one: Mapping[str, Any], words: str, wanted: list[str], language: str) -> bool:
    text = " ".join((one["id"], one["title"], one["description"], one["publisher"]))
    there = set(stems(text, language))
    plain = words.casefold()
    return plain in text.casefold() or (bool(wanted) and set(wanted) <= there)
