"""Series, periods and gaps by their names in the code lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from irtysh.evaluation.claims.shown import spoken
from irtysh.evaluation.expressions import Missing
from irtysh.indicators.catalogue import catalogue
from irtysh.vocabulary.codelists import Codelist, codelist
from irtysh.vocabulary.errors import NotAPeriod, UnknownCode
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import period_in_words

_KINDS = ("A", "S", "Q", "M", "C", "P")
_SILENT = frozenset({"_T", "_Z", "_U", ""})


def series_in_words(dimensions: Sequence[tuple[str, str]], period: str, language: str) -> str:
    """Return "exports, minerals, Omsk Region – Kazakhstan, 2021"; empty if nothing is known."""
    named = dict(dimensions)
    parts = []
    indicator = named.get("indicator", "")
    if indicator in catalogue():
        parts.append(catalogue()[indicator].title[language])
    elif named.get("flow", "") not in _SILENT:
        parts.append(label("flows", named["flow"], language))
    if named.get("commodity", "") not in _SILENT:
        parts.append(label(_goods(named), named["commodity"], language, "commodities"))
    if named.get("measure", "VALUE") not in ("VALUE", *_SILENT):
        parts.append(label("measures", named["measure"], language))
    pair = [named.get(name, "") for name in ("ref_area", "counterpart_area")]
    areas = [label("areas", code, language) for code in pair if code not in _SILENT]
    if areas:
        parts.append(" – ".join(areas))
    if period:
        parts.append(when(period, language))
    return ", ".join(parts)


def missing_in_words(missing: Missing, language: str) -> str:
    """Return what is missing, in words."""
    name = series_in_words(missing.dimensions, "", language) or missing.text
    period = when(missing.period, language) if missing.period else ""
    key = f"missing.{missing.kind}"
    if missing.kind == "data" and period:
        key = "missing.data_in"
    least = dict(missing.dimensions).get("least", "")
    return spoken(key, language, name=name, period=period, years=missing.period or "–", least=least)


def _goods(named: Mapping[str, str]) -> str:
    """Return the list that names a commodity: that of its classification."""
    classification = named.get("classification", "")
    if classification in ("NAMED", *_SILENT):
        return "commodities"
    return f"{classification.lower()}s"


@lru_cache(maxsize=4096)
def when(code: str, language: str) -> str:
    """Write a period by its code, whatever its kind; a list of years stays as it is."""
    for kind in _KINDS:
        try:
            return period_in_words(Period.parse(kind, code), language)
        except NotAPeriod:
            continue
    return code


def label(names: str, code: str, language: str, *others: str) -> str:
    """Return the name of a code in the first list that has it; the code itself if none does."""
    for name in (names, *others):
        found = _list(name)
        if found is not None and code in found:
            return found.label(code, language)
    return code


def _list(name: str) -> Codelist | None:
    try:
        return codelist(name)
    except UnknownCode:
        return None
