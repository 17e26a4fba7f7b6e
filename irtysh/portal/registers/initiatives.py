"""An initiative: its way to a decision, arguments, evidence, reach, and who stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from irtysh.portal.presenters import words
from irtysh.portal.presenters.figures import number
from irtysh.portal.reading import Reading, reading_of
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.paths import record_path
from irtysh.portal.registers.steps import track
from irtysh.registries.initiatives.actions import stand_back, support
from irtysh.registries.initiatives.models import Initiative, reach_words
from irtysh.registries.initiatives.rules import PATH
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.numbers import format_number


def present_initiative(one: Initiative, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of an initiative shows in its own way."""
    reach = one.reach()
    return {
        "track": track(one, PATH, "initiative_stages", reading),
        "reach": reach_words(reach.standing),
        "is_outside": reach.standing in ("outside", "partly"),
        "beyond": [code_name("areas", area, reading.language) for area in reach.beyond],
        "distance": _distance(one, reading),
        "arguments": {
            stance: [
                {
                    "text": row.text_or_other("text", reading.language)[0],
                    "cited": words.source_line(reading, row.source, row.locator)
                    if row.source
                    else None,
                }
                for row in one.arguments.all()
                if row.stance == stance
            ]
            for stance in ("for", "against")
        },
        "evidence": [_evidence(row, reading) for row in one.evidence.all()],
        "supporters": one.supports.count(),
        "support_path": f"{record_path('initiatives', one.code, reading.language)}support/",
    }


def _distance(one: Initiative, reading: Reading) -> str:
    """Return how far its place lies from the nearest city of the case's core."""
    away = one.place.from_core() if one.place is not None else None
    if away is None:
        return ""
    nearest, city = away
    step = 10 if nearest >= 100 else 1
    kilometres = format_number(Decimal(round(nearest / step) * step), reading.language)
    return _("%(km)s km in a straight line from %(city)s, rounded.") % {
        "km": kilometres, "city": city.title_in(reading.language),
    }  # fmt: skip


def _evidence(row: Any, reading: Reading) -> dict[str, Any]:
    """Return what the evidence is and where it stands; the bare reference where it is gone."""
    kind = code_name("evidence_kinds", row.kind, reading.language)
    shown = _EVIDENCE.get(row.kind, _nothing)(row.ref, reading)
    return {"kind": kind, "note": row.text("note", reading.language), "text": row.ref, **shown}


def _nothing(ref: str, reading: Reading) -> dict[str, Any]:
    return {}


def _figure(ref: str, reading: Reading) -> dict[str, Any]:
    observation = reading.release.observation(ref)
    if observation is None:
        return {}
    shown = number(reading, observation)
    unit = words.unit_words(reading, observation.unit, observation.unit_mult)
    what = words.what_words(reading, observation)
    period = words.period_words(reading, observation)
    value = f"{shown['words']} {shown['text']}".strip()
    text = f"{what}, {period}: {value} {unit}"
    return {"text": text, "path": reverse("portal:figure", args=[ref])}


def _indicator(ref: str, reading: Reading) -> dict[str, Any]:
    if ref not in reading.definitions:
        return {}
    title = reading.definitions[ref].title[reading.language]
    return {"text": title, "path": reverse("portal:indicator", args=[ref])}


def _finding(ref: str, reading: Reading) -> dict[str, Any]:
    for one in reading.document("findings"):
        if one["id"] == ref:
            title = one["said"][reading.language]["title"]
            return {"text": title, "path": reverse("portal:finding", args=[ref])}
    return {}


def _source(ref: str, reading: Reading) -> dict[str, Any]:
    if ref not in reading.sources:
        return {}
    title = reading.text(reading.sources[ref]["title"])
    return {"text": title, "path": reverse("portal:source", args=[ref])}


def _statement(ref: str, reading: Reading) -> dict[str, Any]:
    for one in reading.document("statements"):
        if one["id"] == ref:
            path = f"{reverse('portal:research')}#{ref}"
            return {"text": reading.text(one["text"]), "path": path}
    return {}


_EVIDENCE = {
    "figure": _figure,
    "indicator": _indicator,
    "finding": _finding,
    "source": _source,
    "statement": _statement,
    "act": lambda ref, reading: linked("acts", ref, reading),
    "publication": lambda ref, reading: linked("publications", ref, reading),
}


@never_cache
def support_page(request: HttpRequest, code: str) -> HttpResponse:
    """Let a registered person stand behind an initiative, or stand back."""
    one = Initiative.objects.filter(code=code, live=True).first()
    reading = reading_of(request)
    if one is None or reading is None:
        raise Http404
    path = record_path("initiatives", code, reading.language)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('portal:account-sign-in')}?next={request.path}")
    if request.method == "POST":
        act = stand_back if request.POST.get("do") == "back" else support
        act(initiative=one, by=request.user)
        return redirect(request.path)
    page = {
        "title": one.title_in(reading.language),
        "register_path": path,
        "register_title": one.title_in(reading.language),
        "path": path,
        "supporters": one.supports.count(),
        "is_mine": one.supports.filter(user=request.user).exists(),
    }
    return render(request, "portal/registers/support.html", {"reading": reading, "page": page})
