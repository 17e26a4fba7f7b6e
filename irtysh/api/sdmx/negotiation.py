"""Which form of an answer the reader gets: by ``format=``, else by the header Accept.

Media types: sdmx-twg/sdmx-rest, pages on content negotiation and on each kind of query. A range
without a version takes the first offer that fits; ``version=2+.0.1`` and the like ask for that
version or a later one, as section 6 of SDMX 3.0 has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from irtysh.api.sdmx.faults import NotAcceptable
from irtysh.vocabulary.text import LANGUAGES

Syntax = Literal["xml", "json", "csv"]

_PART = re.compile(r'\s*;\s*([\w-]+)\s*=\s*("[^"]*"|[^;,]*)')
_PLAIN = {
    "xml": ("application/xml", "text/xml"),
    "json": ("application/json", "text/json"),
    "csv": ("text/csv", "application/csv"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A form in which an answer can be given.

    Attributes
    ----------
    kind : str
        What stands in the media type: "structure", "data", "genericdata",
        "structurespecificdata", "generictimeseriesdata", "structurespecifictimeseriesdata",
        "schema".
    syntax : {"xml", "json", "csv"}
    version : str
        Of the format: "2.1", "3.0", "1.0", "2.0".
    media_type : str
        As it is sent.
    names : tuple of str
        What ``format=`` may call it, in lower case.
    """

    kind: str
    syntax: Syntax
    version: str
    media_type: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """An offer and how it was chosen.

    Attributes
    ----------
    offer : Offer
    params : dict
        Parameters of the range that it was chosen by: ``labels=both``.
    is_named : bool
        False where the reader takes anything: ``*/*`` or no header at all.
    """

    offer: Offer
    params: Mapping[str, str] = field(default_factory=dict)
    is_named: bool = True


def _offer(kind: str, syntax: Syntax, version: str, names: str) -> Offer:
    # SDMX-ML 2.1 is written with two numbers in its media types, everything later with three.
    written = version if (syntax, version) == ("xml", "2.1") else f"{version}.0"
    media_type = f"application/vnd.sdmx.{kind}+{syntax};version={written}"
    return Offer(kind, syntax, version, media_type, tuple(names.split()))


STRUCTURE_ML_21 = _offer("structure", "xml", "2.1", "structure structure21 xml")
STRUCTURE_ML_30 = _offer("structure", "xml", "3.0", "structure30 structure xml")
_JSON = "jsonstructure structurejson sdmx-json json"
STRUCTURE_JSON_1 = _offer("structure", "json", "1.0", _JSON)
STRUCTURE_JSON_2 = _offer("structure", "json", "2.0", f"jsonstructure2 {_JSON}")

STRUCTURES = {
    1: (STRUCTURE_ML_21, STRUCTURE_JSON_1, STRUCTURE_ML_30, STRUCTURE_JSON_2),
    # sdmx1 asks for */* and reads no SDMX-JSON structures, so XML comes first here too.
    2: (STRUCTURE_ML_30, STRUCTURE_JSON_2, STRUCTURE_ML_21, STRUCTURE_JSON_1),
}
"""Generation → offers for structures, the default first."""

SCHEMA_21 = _offer("schema", "xml", "2.1", "schema xsd")
SCHEMA_30 = _offer("schema", "xml", "3.0", "schema30 schema xsd")
SCHEMAS = {1: (SCHEMA_21, *STRUCTURES[1]), 2: (SCHEMA_30, SCHEMA_21, *STRUCTURES[2])}

_SPECIFIC = "structurespecificdata"
DATA_SPECIFIC_21 = _offer(_SPECIFIC, "xml", "2.1", f"{_SPECIFIC} sdmx_2.1_structured xml")
DATA_GENERIC_21 = _offer("genericdata", "xml", "2.1", "genericdata generic sdmx_2.1_generic")
_SPECIFIC_TS = "structurespecifictimeseriesdata"
DATA_SPECIFIC_TS_21 = _offer(_SPECIFIC_TS, "xml", "2.1", _SPECIFIC_TS)
DATA_GENERIC_TS_21 = _offer("generictimeseriesdata", "xml", "2.1", "generictimeseriesdata")
DATA_ML_30 = _offer("data", "xml", "3.0", "sdmx_3.0 data30 xml")
DATA_JSON_1 = _offer("data", "json", "1.0", "jsondata sdmx-json json")
DATA_JSON_2 = _offer("data", "json", "2.0", "jsondata2 jsondata sdmx-json json")
_CSV = "csv csvfile csvfilewithlabels csvdata sdmx-csv"
DATA_CSV_1 = _offer("data", "csv", "1.0", _CSV)
DATA_CSV_2 = _offer("data", "csv", "2.0", f"csv2 {_CSV}")

DATA = {
    1: (
        DATA_SPECIFIC_21,
        DATA_GENERIC_21,
        DATA_SPECIFIC_TS_21,
        DATA_GENERIC_TS_21,
        DATA_JSON_1,
        DATA_CSV_1,
        DATA_ML_30,
        DATA_JSON_2,
        DATA_CSV_2,
    ),
    2: (
        DATA_ML_30,
        DATA_JSON_2,
        DATA_CSV_2,
        DATA_SPECIFIC_21,
        DATA_GENERIC_21,
        DATA_SPECIFIC_TS_21,
        DATA_GENERIC_TS_21,
        DATA_JSON_1,
        DATA_CSV_1,
    ),
}
"""Generation → offers for data, the default first."""


def chosen(request: HttpRequest, offers: Sequence[Offer]) -> Chosen:
    """Return the offer the reader wants most; raises NotAcceptable if none will do.

    ``format=`` (a name or a media type) wins over Accept; without either, the first offer.
    """
    named = request.GET.get("format", "").strip()
    if named:
        return _named(named, offers)
    accept = request.headers.get("Accept", "").strip() or "*/*"
    ranges = [_Range.parse(text) for text in _split(accept) if text.strip()]
    best: tuple[float, int, int] = (0.0, 0, 0)
    found: Chosen | None = None
    for place, offer in enumerate(offers):
        fitting = max(
            (one for one in ranges if one.fits(offer)), key=lambda one: one.exactness, default=None
        )
        if fitting is None or not fitting.quality:
            continue
        rank = (fitting.quality, fitting.exactness, -place)
        if found is None or rank > best:
            best, found = rank, Chosen(offer, fitting.params, fitting.exactness > 0)
    if found is None:
        raise NotAcceptable(asked=accept[:200], offered=_listed(offers))
    return found


def prefers_json(request: HttpRequest) -> bool:
    """Return True if an error should be told in JSON: what is asked for is JSON, not XML."""
    asked = (request.GET.get("format") or request.headers.get("Accept") or "").lower()
    place = asked.find("json")
    return place >= 0 and not -1 < asked.find("xml") < place


def reader_language(request: HttpRequest) -> str:
    """Return the language of ``lang=``, else the one of Accept-Language that we speak best."""
    asked = request.GET.get("lang", "")[:2].lower()
    if asked in LANGUAGES:
        return asked
    language = get_language_from_request(request)[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class _Range:
    """One entry of Accept."""

    kind: str
    version: str
    quality: float
    params: Mapping[str, str]

    @classmethod
    def parse(cls, text: str) -> _Range:
        kind = text.split(";", 1)[0].strip().lower()
        params = {name.lower(): value.strip().strip('"') for name, value in _PART.findall(text)}
        try:
            quality = min(max(float(params.pop("q", "1")), 0.0), 1.0)
        except ValueError:
            quality = 0.0
        return cls(kind, params.pop("version", ""), quality, params)

    @property
    def exactness(self) -> int:
        if self.kind == "*/*":
            return 0
        if self.kind.endswith("/*"):
            return 1
        if not self.kind.startswith("application/vnd.sdmx."):
            return 2
        return 4 if self.version else 3

    def fits(self, offer: Offer) -> bool:
        if self.kind in ("*/*", "application/*"):
            return True
        if self.kind == "text/*":
            return offer.syntax == "csv"
        if self.kind in _PLAIN[offer.syntax]:
            return True
        full = f"application/vnd.sdmx.{offer.kind}+{offer.syntax}"
        return self.kind == full and (not self.version or _is_version(self.version, offer.version))


def _is_version(asked: str, have: str) -> bool:
    """Return True if a version is the one asked for: "2.1", "1.0.0-wd", "3.0.0+", "2+.0.1"."""
    is_open = "+" in asked
    parts = [part.strip("+") for part in asked.split("-", 1)[0].split(".")]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return False
    wanted = _three(int(part[:6]) for part in parts)
    given = _three(int(part) for part in have.split("."))
    if not is_open:
        return wanted == given
    return given >= wanted and (asked.split(".")[0].endswith("+") or given[0] == wanted[0])


def _three(numbers: Iterable[int]) -> tuple[int, ...]:
    return (*numbers, 0, 0, 0)[:3]


def _split(accept: str) -> list[str]:
    return accept[:2000].split(",")


def _named(name: str, offers: Sequence[Offer]) -> Chosen:
    """Return the offer of ``format=``; a "+" in a media type arrives as a blank."""
    plain = name.lower().replace(" ", "+")
    if "/" in plain:
        wanted = _Range.parse(plain)
        for offer in offers:
            if wanted.fits(offer):
                return Chosen(offer, wanted.params)
    for offer in offers:
        if plain in offer.names:
            labels = {"labels": "both"} if plain == "csvfilewithlabels" else {}
            return Chosen(offer, labels)
    raise NotAcceptable(asked=name[:200], offered=_listed(offers))


def _listed(offers: Sequence[Offer]) -> str:
    return ", ".join(offer.media_type for offer in offers)
