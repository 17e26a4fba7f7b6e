"""What the page of an offer says beyond the columns: until when, how soon answered, what fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.registries.offers import rules
from irtysh.registries.offers.models import Offer
from irtysh.registries.records.codes import code_name

HIDDEN = (
    "kind", "status", "side", "organisation", "published_on", "expires_on", "products", "terms",
)  # fmt: skip
"""Columns that the page shows in its own way."""


def present(record: Offer, reading: Reading) -> Mapping[str, Any]:
    """Return organisation, term, goods, the reply clock and matches with their reasons."""
    today = timezone.localdate()
    language = reading.language
    is_current = record.is_current(today)
    terms, tongue = record.text_or_other("terms", language)
    return {
        "organisation": _organisation(record, language),
        "side": code_name("sides", record.side, language),
        "published": words.day_words(record.published_on),
        "expires": words.day_words(record.expires_on),
        "days_left": _days_left(record, today) if is_current else None,
        "is_current": is_current,
        "can_write": is_current and hasattr(record, "contact"),
        "is_request": record.kind == "request",
        "terms": terms,
        "terms_language": tongue if tongue != language else "",
        "products": [_product(row, language) for row in record.products.all()],
        "answering": record.answering(today),
        "matches": matches_of(record, language) if is_current else [],
    }


def _days_left(record: Offer, today: Any) -> int | None:
    last = record.expires_on
    return (type(today).fromisoformat(last) - today).days if len(last) == 10 else None


def _organisation(record: Offer, language: str) -> dict[str, str]:
    one = record.organisation
    if one is None:
        return {}
    path = record_path("organisations", one.code, language) if one.live else ""
    return {"text": one.title_in(language), "path": path}


def _product(row: Any, language: str) -> dict[str, str]:
    name, tongue = row.text_or_other("name", language)
    chapter = code_name("hs_chapters", row.hs[:2], language) if row.hs else ""
    return {
        "name": name,
        "lang": tongue if tongue != language else "",
        "hs": row.hs,
        "chapter": chapter,
    }


def matches_of(record: Offer, language: str) -> list[dict[str, Any]]:
    """Return what of the other side fits an offer, with the reasons in words."""
    today = timezone.localdate()
    return [
        {
            "path": record_path("offers", other.code, language),
            "title": other.title_in(language),
            "organisation": _organisation(other, language).get("text", ""),
            "reasons": [reason_words(reason, language) for reason in fit.reasons],
        }
        for other, fit in Offer.objects.matching(record, today)
    ]


def reason_words(reason: rules.Reason, language: str) -> str:
    """Return one reason of a match as a reader reads it."""
    what = reason.what
    if reason.kind == "hs":
        name = code_name("hs_chapters", what[:2], language)
        if len(what) == 2:
            return _("same chapter of goods, %(code)s %(name)s") % {"code": what, "name": name}
        if len(what) == 4:
            return _("same heading of goods, %(code)s") % {"code": what}
        return _("same goods, code %(code)s") % {"code": what}
    if reason.kind == "activity":
        return _("same activity: %(name)s") % {"name": code_name("activities", what, language)}
    if reason.kind == "territory":
        return _("both name %(name)s") % {"name": code_name("areas", what, language)}
    both = {"ru": _("both work in Russian"), "kk": _("both work in Kazakh"),
            "en": _("both work in English")}  # fmt: skip
    return both.get(what, what)
