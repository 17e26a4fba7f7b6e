"""Pages about claims that are no record: the documents that make them, the badge."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from irtysh.portal.presenters import words
from irtysh.portal.presenters.verdicts import counted, verdict_words
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.badge import HEIGHT, badge_of
from irtysh.portal.registers.claims import claim_row, conflicts_of, judged_of
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.rules import ORDER

_DIGITS = re.compile(r"[0-9]{1,9}")


def _documents(request: HttpRequest, reading: Reading) -> HttpResponse:
    """List the documents whose claims are checked."""
    claims = list(Claim.objects.filter(live=True).values_list("code", "source"))
    judged = judged_of([code for code, _source in claims], reading)
    by_source: dict[str, list[str]] = {}
    for code, source in claims:
        verdict = judged[code].verdict if code in judged else ""
        by_source.setdefault(source, []).append(verdict)
    rows = [
        {
            **words.source_line(reading, source),
            "total": len(found),
            "counts": counted(_tallied(found), reading),
        }
        for source, found in by_source.items()
        if source
    ]
    rows.sort(key=lambda row: (-row["total"], row["title"]))
    page = {"documents": rows, "total": sum(row["total"] for row in rows)}
    return render(request, "portal/registers/documents.html", {"reading": reading, "page": page})


def _document(request: HttpRequest, reading: Reading, source: str) -> HttpResponse:
    """Show the claims of one document by verdict, and which of them cannot all be true."""
    claims = list(Claim.objects.filter(live=True, source=source).order_by("code"))
    if not claims:
        raise Http404
    judged = judged_of([one.code for one in claims], reading)
    groups: dict[str, list[dict[str, Any]]] = {}
    for claim in sorted(claims, key=_place):
        row = judged.get(claim.code)
        verdict = row.verdict if row else ""
        groups.setdefault(verdict, []).append(claim_row(claim, row, reading))
    order = [one for one in (*ORDER, "") if one in groups]
    page = {
        "source": words.source_line(reading, source),
        "total": len(claims),
        "counts": counted({one: len(found) for one, found in groups.items() if one}, reading),
        "groups": [{**verdict_words(one, reading.language), "claims": groups[one]}
                   for one in order],
        "conflicts": conflicts_of(source, reading),
        "is_judged": bool(judged),
        "title": words.source_line(reading, source)["title"],
    }  # fmt: skip
    return render(request, "portal/registers/document.html", {"reading": reading, "page": page})


def _badge(request: HttpRequest, reading: Reading, code: str) -> HttpResponse:
    """Send the badge of a claim, as of the release that is read."""
    claim = Claim.objects.filter(code=code, live=True).first()
    if claim is None:
        raise Http404
    judged = claim.judged_in(reading.release.id) if reading.is_past else claim.judged
    context = {
        "badge": badge_of(claim, judged, reading.language),
        "height": HEIGHT,
        "language": reading.language,
    }
    response = render(request, "portal/registers/badge.svg", context, "image/svg+xml")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _tallied(verdicts: list[str]) -> dict[str, int]:
    return {one: verdicts.count(one) for one in ORDER}


def _place(claim: Claim) -> tuple[int, int, str]:
    """Return what puts claims in the order in which the document makes them."""
    digits = [int(one) for one in _DIGITS.findall(claim.locator)[:2]]
    first, second = (*digits, 0, 0)[:2] if digits else (10**9, 0)
    return first, second, claim.code


documents = reads(_documents, stamp=registers_stamp)
document = reads(_document, stamp=registers_stamp)
badge = reads(_badge, stamp=registers_stamp)
