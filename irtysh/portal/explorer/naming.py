"""Names of codes in the reader's language, their order and their hierarchy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from irtysh.publication.catalogue_words import Described
from irtysh.publication.heads import PLAIN, TOTALS, Key
from irtysh.publication.selecting import counted
from irtysh.publication.views import View
from irtysh.registries.records.sorting import sort_key
from irtysh.store.selection import EVERYTHING
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import NotAPeriod, UnknownCode
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import period_in_words

_LISTS = {
    "freq": ("frequencies",),
    "ref_area": ("areas",),
    "counterpart_area": ("areas",),
    "flow": ("flows",),
    "classification": ("classifications",),
    "measure": ("measures",),
    "unit": ("units",),
    "commodity": ("hs_sections", "hs_chapters", "commodities"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a code; ``language`` is set where it is not the reader's own."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Naming:
    """Names of the codes of one dataset in one language."""

    words: Described
    view: View
    _names: dict[tuple[str, str], Name] = field(default_factory=dict, repr=False)
    _orders: dict[str, dict[str, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def editions(self) -> list[str]:
        """The classifications of goods that the view can hold, those most used first."""
        chosen = self.view.codes.get("classification")
        there = counted(self.words.offered.dataset, "classification", EVERYTHING)
        used = sorted(there, key=lambda code: -there[code])
        return [code for code in used if chosen is None or code in chosen] or used

    def name(self, dimension: str, code: str) -> Name:
        """Return the name of a code; a dash for an empty one, the code itself where none is."""
        key = (dimension, code)
        if key not in self._names:
            self._names[key] = self._name(dimension, code)
        return self._names[key]

    def _name(self, dimension: str, code: str) -> Name:
        match dimension:
            case "period" | "base_period":
                return Name(period_name(code, self.words.language) if code else "—")
            case "counterpart_area" if code == "W":
                return Name(_("All countries"))
            case "commodity":
                return self._goods(code)
            case "share_of":
                return Name(self._whole(code))
        return Name(self.words.label(dimension, code) if code else "—")

    def _goods(self, code: str) -> Name:
        if code in ("_T", "_Z", ""):
            return Name(_("All goods"))
        for edition in self.editions:
            found = _in_edition(edition, code, self.words.language)
            if found is not None:
                return found
            text = self.words.label("commodity", code, edition)
            if text != code:
                return Name(text)
        return Name(code)

    def _whole(self, code: str) -> str:
        if code in ("", "_U"):
            return _("the source does not say") if code else "—"
        dimension, _colon, part = code.partition(":")
        column = {"FLOW": "flow", "COMMODITY": "commodity", "REF_AREA": "ref_area",
                  "COUNTERPART": "counterpart_area"}.get(dimension, "")  # fmt: skip
        return self.name(column, part).text if column else code

    def written(self, dimension: str, code: str) -> str:
        """Return a heading as the view shows it: name, code, or both."""
        text = self.name(dimension, code).text
        if self.view.show == "labels" or dimension in ("period", "base_period", "source"):
            return text
        if self.view.show == "codes":
            return code or text
        return f"{code} {text}" if code and code != text else text

    # -- what irtysh.publication.heads asks

    def sorting(self, key: Key, dimensions: Sequence[str]) -> Any:
        """Return what to sort a heading by: the alphabet holds Kazakh letters in their places."""
        pairs = zip(dimensions, key, strict=True)
        return [sort_key(self.name(dimension, code).text) for dimension, code in pairs]

    def place(self, dimension: str, code: str) -> tuple[int, str]:
        """Return the place of a code in its list; goods by their codes, territories by name."""
        if code in TOTALS:
            return 0, ""
        if dimension in ("ref_area", "counterpart_area", "source"):
            return 1, sort_key(self.name(dimension, code).text)
        if dimension == "commodity" and code.isdigit():
            return 1, code
        return self._places(dimension).get(code, 10_000), code

    def _places(self, dimension: str) -> dict[str, int]:
        if dimension not in self._orders:  # not for longer: a case has codes of its own
            self._orders[dimension] = _places(_LISTS.get(dimension, ()))
        return self._orders[dimension]

    def parent(self, dimension: str, code: str) -> str:
        """Return the code of which it is a part; empty at the top."""
        if code in (*TOTALS, "", "_U", "_Z"):
            return ""
        if dimension == "commodity" and code.isdigit() and len(code) > 2:
            return PLAIN.parent(dimension, code)
        for name in _LISTS.get(dimension, ()):
            if code in codelist(name):
                return codelist(name)[code].parent
        return PLAIN.parent(dimension, code)


def _in_edition(edition: str, code: str, language: str) -> Name | None:
    """Return the name of goods in an edition of a nomenclature; read only when asked for."""
    from irtysh.vocabulary.classifications import EDITIONS, classification

    if edition not in EDITIONS:
        return None
    try:
        named = classification(edition).named(code, language)
    except UnknownCode:
        return None
    if not named.text:
        return Name(code)  # a code that stands, but whose title nobody may hand on
    return Name(named.text, "" if named.language == language else named.language)


def _places(names: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        for code in codelist(name):
            found.setdefault(code, len(found) + 1)
    return found


def period_name(code: str, language: str) -> str:
    """Write the code of a period: a year as its digits, any other in words."""
    for kind in ("A", "S", "Q", "M", "C", "P"):
        try:
            period = Period.parse(kind, code)
        except NotAPeriod:
            continue
        return code if kind == "A" else period_in_words(period, language)
    return code


def dimension_names() -> dict[str, str]:
    """Return what each dimension is called."""
    return {
        "freq": _("Frequency"),
        "ref_area": _("Territory"),
        "flow": _("Flow"),
        "counterpart_area": _("Partner"),
        "classification": _("Classification"),
        "commodity": _("Goods"),
        "measure": _("Measure"),
        "unit": _("Unit"),
        "base_period": _("Compared with"),
        "share_of": _("Share of what"),
        "source": pgettext("figure", "Source"),
        "period": _("Period"),
    }
