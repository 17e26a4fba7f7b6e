"""From any publisher's code or name of a territory to ours, with what the reader must know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from irtysh.sources.aliases.area_index import AreaIndex, area_index, core
from irtysh.sources.aliases.lists import level
from irtysh.vocabulary.codelists import Code
from irtysh.vocabulary.errors import AmbiguousCode, Fault, UnknownCode
from irtysh.vocabulary.text import is_number

SCHEMES = (
    "any",
    "iso2",
    "iso3",
    "numeric",
    "comtrade",
    "wits",
    "worldbank",
    "imf",
    "icio",
    "atlas",
    "armstat",
    "fcs",
    "fcs-district",
    "okato",
    "oktmo",
    "kato",
    "bns",
    "fips",
    "iso3166-2",
    "name",
)
"""Whose code a text is; "any" where the file does not say."""

_ALSO = {"m49": "numeric", "iso_numeric": "numeric", "baci": "comtrade"}
_AGGREGATES = frozenset({"aggregate", "federal-district", "group", "residual", "total"})
_WORLD_IN = frozenset({"iso2", "iso3", "comtrade", "wits", "worldbank", "imf", "fcs"})
_BY_LETTERS = {
    "iso2": ("iso2",),
    "iso3": ("iso3",),
    "wits": ("wits", "iso3"),
    "worldbank": ("worldbank", "iso3"),
    "imf": ("imf", "iso3", "iso2"),
    "icio": ("icio", "iso3"),
    "atlas": ("atlas", "worldbank", "iso3"),
    "fcs": ("fcs", "iso2"),
    "armstat": ("armstat",),
    "bns": ("bns",),
    "fips": ("fips",),
    "fcs-district": ("fcs-district",),
    "iso3166-2": ("iso3166-2",),
}
_NUMBERED = {"numeric": (1, 3), "comtrade": (1, 3)}
_WHOLE = {"okato": (2, 5, 8, 11), "oktmo": (2, 8, 11), "kato": (2, 9)}
"""How long the code of a whole region may be: the rest of its digits are zeros."""
_CODE_AND_NAME = re.compile(r"(\d{5}(?=\s*[-–—])|[A-Z]{2}(?=\s[-–—]\s))\s*[-–—]\s*\D.*", re.DOTALL)
_GLUED_MARK = re.compile(r"(?P<name>.*[^\W\d]\)?)\s*\(?\d{1,2}\)?", re.DOTALL)
"""A footnote mark glued to a name: "Российская Федерация 3", "Туркестанская 1)"."""


@dataclass(frozen=True, slots=True)
class AreaMatch:
    """A territory found.

    Attributes
    ----------
    code : str
        Code of definitions/codelists/areas.csv.
    kind : str
        Its kind there: country, region, city, group, aggregate, former, …
    is_aggregate : bool
        True for the world, groups, federal districts and special categories: never to be
        added up with countries or regions.
    is_valid_on : bool
        False if the code was not in force on the day asked for; True where none was given.
    remark : str
        Empty, or the fault code of what a reader must know; ``fault`` gives its words.
    """

    code: str
    kind: str
    is_aggregate: bool
    is_valid_on: bool = True
    remark: str = ""

    def fault(self, text: str, file: str = "", line: int = 0, column: str = "") -> Fault | None:
        """Return the remark as a warning about ``text`` at a place; None without a remark."""
        if not self.remark:
            return None
        params = {"text": text, "code": self.code}
        return Fault(self.remark, file, line, column, params, severity="warning")


def area(text: str, scheme: str = "any", on: date | None = None) -> AreaMatch:
    """Return the territory that a publisher means.

    Parameters
    ----------
    text : str
        A code or a name in any of the three languages: spaces, dashes, case and "г." differ.
    scheme : str
        One of ``SCHEMES``.
    on : date, optional
        A day of the figure; a code that was not in force then is found, and marked.

    Raises
    ------
    UnknownCode
        Nothing is called so; near names are given.
    AmbiguousCode
        Several territories are called so ("52" is Barbados and Omsk Region): name a scheme.
    """
    match = _outcome(area_index(), text, scheme, on)
    if isinstance(match, AreaMatch):
        return match
    kind, params = match
    raise kind(**params)


@lru_cache(maxsize=65536)
def _outcome(
    index: AreaIndex, text: str, scheme: str, on: date | None
) -> AreaMatch | tuple[type[UnknownCode | AmbiguousCode], dict[str, str]]:
    """Return the match, or the error that is to be raised: refusals are remembered too."""
    try:
        return _found(index, text, scheme, on)
    except (UnknownCode, AmbiguousCode) as error:
        return type(error), error.params


def _found(index: AreaIndex, text: str, scheme: str, on: date | None) -> AreaMatch:
    scheme = _ALSO.get(scheme, scheme)
    if scheme not in SCHEMES:
        near = ", ".join(get_close_matches(scheme, SCHEMES, n=3)) or "any"
        raise UnknownCode(code=scheme, codelist="area schemes", near=near)
    found = _candidates(text.replace("\u00a0", " ").strip(), scheme, index)
    if not found:
        raise UnknownCode(code=text[:80], codelist="areas", near=_near(text, index))
    if len(found) > 1:
        listed = ", ".join(_shown(code, index) for code in found)
        raise AmbiguousCode(code=text[:80], candidates=listed)
    ((code, remark),) = found.items()
    return _match(index.areas[code], remark, on)


def _shown(code: str, index: AreaIndex) -> str:
    return f"{code} ({index.areas[code].name.get('en', code)})"


def _match(entry: Code, remark: str, on: date | None) -> AreaMatch:
    kind = entry.extra.get("kind", "")
    aggregate = kind in _AGGREGATES
    if not remark:
        remark = {"former": "AreaFormer"}.get(kind, "AreaAggregate" if aggregate else "")
    found = AreaMatch(entry.code, kind, aggregate, True, remark)
    if on is None:
        return found
    if not entry.valid_on(on):
        return replace(found, is_valid_on=False, remark="AreaNotInForce")
    since = entry.extra.get("territory_since")
    if since and on < date.fromisoformat(since):
        return replace(found, remark="AreaOldTerritory")
    return found


def _candidates(text: str, scheme: str, index: AreaIndex) -> dict[str, str]:
    """Return code → remark for everything that a text may mean under a scheme."""
    if scheme == "name":
        return _named(text, index)
    if scheme == "any":
        return _anything(text, index)
    if scheme == "armstat" and text.upper() not in index.by_scheme["armstat"]:
        return _named(text, index)  # its own list has what a name alone leaves open
    compound = _CODE_AND_NAME.fullmatch(text)
    if compound and scheme in ("fcs", "okato"):
        text = compound[1]
    upper = text.upper()
    if upper in index.by_scheme["world"] and scheme in _WORLD_IN:
        return {"W": "AreaAggregate"}
    if scheme == "fcs" and is_number(text):
        scheme = "okato"
    if scheme in _NUMBERED:
        return _numbered(text, scheme, index)
    if scheme in _WHOLE:
        return _whole_region(text, scheme, index)
    for source in _BY_LETTERS[scheme]:
        if upper in index.by_scheme[source]:
            code, remark = index.by_scheme[source][upper]
            return {code: remark}
    return {}


def _anything(text: str, index: AreaIndex) -> dict[str, str]:
    compound = _CODE_AND_NAME.fullmatch(text)
    if compound:
        return _candidates(compound[1], "fcs", index)
    upper = text.upper()
    if text in index.areas:
        return {text: ""}
    if upper in index.by_scheme["world"] and not is_number(text):
        return {"W": "AreaAggregate"}
    if is_number(text):
        found = _numbered(text, "comtrade", index)
        for scheme in _WHOLE:
            # A territory found in two ways is one territory.
            found = {**_whole_region(text, scheme, index), **found}
        return found
    found = {}
    for scheme in ("iso2", "iso3", "iso3166-2", "wits", "worldbank", "imf", "icio", "bns", "fips"):
        if upper in index.by_scheme[scheme]:
            code, remark = index.by_scheme[scheme][upper]
            found.setdefault(code, remark)
    return found or _named(text, index)


def _numbered(text: str, scheme: str, index: AreaIndex) -> dict[str, str]:
    if not is_number(text):
        return _candidates(text, "iso3", index) if scheme == "comtrade" and text else {}
    number = str(int(text))
    if len(number) > _NUMBERED[scheme][1]:
        return {}
    for source in ("comtrade", "numeric") if scheme == "comtrade" else ("numeric",):
        if number in index.by_scheme[source]:
            code, remark = index.by_scheme[source][number]
            return {code: remark}
    return {"W": "AreaAggregate"} if scheme == "numeric" and number == "1" else {}


def _whole_region(text: str, scheme: str, index: AreaIndex) -> dict[str, str]:
    """Find a region by its leading digits; a district inside one is not that region."""
    if not is_number(text) or len(text) not in _WHOLE[scheme]:
        return {}
    prefixes = index.by_scheme[scheme]
    for length in range(min(4, len(text)), 1, -1):
        if text[:length] in prefixes:
            code, remark = prefixes[text[:length]]
            return {code: remark} if not text[length:].strip("0") else {}
    return {}


def _named(text: str, index: AreaIndex) -> dict[str, str]:
    for name in (text, *(found["name"] for found in [_GLUED_MARK.fullmatch(text)] if found)):
        said = level(name)
        codes = index.by_name.get(said) or index.by_core.get(core(said))
        if codes:
            return dict.fromkeys(codes, "")
    return {}


def _near(text: str, index: AreaIndex) -> str:
    names = get_close_matches(level(text)[:120], index.by_name, n=3)
    codes = dict.fromkeys(code for name in names for code in index.by_name[name])
    return ", ".join(_shown(code, index) for code in codes) or "—"
