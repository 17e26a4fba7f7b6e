"""Claims with their verdicts, and expressions computed on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse

from irtysh.api.asked_for import asked_language, for_machines
from irtysh.api.conditional import conditional
from irtysh.api.formats import as_csv, as_json
from irtysh.api.limits import spend
from irtysh.api.tables import Cell
from irtysh.publication.edition import Edition
from irtysh.registries.claims import engine
from irtysh.registries.claims.judged import Judged
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.rules import LONGEST
from irtysh.registries.claims.wording import evidence_words
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.shelf import edition
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

FILTERS = ("verdict", "source", "kind")
"""By which the claims can be narrowed: ``?verdict=CONTRADICTED&source=…``."""

_HEADER = (
    "id", "text", "source", "locator", "kind", "kind_label", "areas", "period", "operator",
    "value", "unit", "unit_mult", "hedge", "verdict", "verdict_label", "ground", "margin",
    "margin_unit", "expressions", "low", "high", "evidence_unit", "conflict", "figures", "engine",
    "release", "address",
)  # fmt: skip
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@for_machines
def claims(request: HttpRequest, release: str, form: str) -> HttpResponse:
    """Return the published claims with the verdicts of a release."""
    read = edition(release, asked_language(request))
    wanted = {name: request.GET.getlist(name) for name in FILTERS if request.GET.getlist(name)}

    def answer() -> HttpResponse:
        spend(request)
        found = rows(read, _narrowed(read, wanted), request)
        if form == "csv":
            content = b"".join(as_csv(_HEADER, found))
        else:
            about = {
                "release": read.release.id,
                "case": read.case["id"],
                "invented": bool(read.case.get("invented")),
                "language": read.language,
                "engine": engine.VERSION,
            }
            content = b"".join(as_json({"about": about}, _HEADER, found))
        response = HttpResponse(content, content_type=_TYPES[form])
        name = f"irtysh_{read.case['id']}_claims_{read.release.id}_{read.language}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        return response

    mark = hashlib.sha256(f"{form}.{sorted(wanted.items())!r}".encode()).hexdigest()[:16]
    return conditional(request, read, answer, f"claims.{stamp()}.{mark}", is_lasting=False)


@for_machines
def expression(request: HttpRequest, release: str) -> HttpResponse:
    """Compute ``?e=…`` on a release; what cannot be read is answered with the token at fault."""
    read = edition(release, asked_language(request))
    text = request.GET.get("e", "")[:LONGEST]

    def answer() -> HttpResponse:
        try:
            evidence = engine.evaluated(text, read.release)
        except IrtyshError as fault:
            return _said({"expression": text, **fault_json(fault, read.language)}, 400)
        said = evidence_words(evidence, read)
        return _said({"expression": text, "release": read.release.id, "engine": engine.VERSION,
                      "evidence": evidence.to_json(), "said": said})  # fmt: skip

    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    return conditional(request, read, answer, f"expression.{mark}")


def fault_json(fault: IrtyshError, language: str) -> dict[str, Any]:
    """Return what is wrong with an expression: name, token, its column, what fits there."""
    params = {name: _plain(value, language) for name, value in fault.params.items()}
    return {"error": fault.code, "params": params, "message": explain(fault, language)}


def rows(read: Edition, found: QuerySet[Claim], request: HttpRequest) -> Iterator[list[Cell]]:
    """Yield one row a claim. An empty verdict: this release has not judged it."""
    standing = Judged.objects.standing().filter(release=read.release.id)
    judged = {row.claim: row for row in standing}
    for claim in found.iterator(chunk_size=400):
        row = judged.get(claim.code)
        result = row.result if row else {}
        address = request.build_absolute_uri(f"/{read.language}/claims/{claim.code}/")
        yield [*_said_of(claim, read), *_judged(row, result, read), read.release.id, address]


def _said_of(claim: Claim, read: Edition) -> list[Cell]:
    return [
        claim.code, claim.text_or_other("text", read.language)[0], claim.source, claim.locator,
        claim.kind, read.code("claim_kinds", claim.kind), " ".join(claim.areas), claim.period,
        claim.operator, claim.value, claim.unit, claim.unit_mult, claim.hedge,
    ]  # fmt: skip


def _judged(row: Judged | None, result: dict[str, Any], read: Edition) -> list[Cell]:
    margin = result.get("margin") or {}
    readings = result.get("readings") or []
    first = readings[0]["evidence"] if len(readings) == 1 else {}
    low, high = (first.get("interval") or ["", ""])[:2]
    return [
        row.verdict if row else "",
        read.code("claim_verdicts", row.verdict) if row else "",
        result.get("ground", ""), margin.get("value", ""), margin.get("unit", ""),
        " | ".join(one["expression"] for one in readings),
        _number(low), _number(high),
        first.get("unit", ""), " ".join(result.get("conflict") or ()),
        " ".join(engine.figures_of(result)), row.engine if row else "",
    ]  # fmt: skip


def _number(text: str) -> Decimal | None:
    """Return a bound; None where it is open or unknown."""
    number = Decimal(text) if text else None
    return number if number is not None and number.is_finite() else None


def _narrowed(read: Edition, wanted: dict[str, list[str]]) -> QuerySet[Claim]:
    found = Claim.objects.filter(live=True).order_by("code")
    if "verdict" in wanted:
        standing = Judged.objects.standing().filter(
            release=read.release.id, verdict__in=wanted["verdict"]
        )
        found = found.filter(code__in=standing.values("claim"))
    for name in ("source", "kind"):
        if name in wanted:
            found = found.filter(**{f"{name}__in": wanted[name]})
    return found


def _said(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, int | str):
        return value
    try:
        return value[language]
    except (TypeError, KeyError):
        return str(value)
