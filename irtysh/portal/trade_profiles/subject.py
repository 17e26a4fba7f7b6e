"""What a profile page speaks of: its dataset, names of codes, addresses of the views it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.portal.explorer.naming import Name, Naming, period_name
from irtysh.portal.explorer.opening import Opened
from irtysh.publication.profile_parts import Chosen, Profile
from irtysh.publication.profiles import FLOWS
from irtysh.publication.selecting import counted
from irtysh.publication.view_queries import as_download
from irtysh.publication.views import LATEST, LEVELS, View
from irtysh.store.questions import WORLD
from irtysh.store.selection import Selection
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import catalogue

_MOST_CODES = 60
"""Codes that the address of a view spells out."""


@dataclass(frozen=True)
class Subject:
    """A profile opened for a reader; ``version`` is "latest" or the version that was asked for."""

    opened: Opened
    profile: Profile
    version: str
    edition: str = ""

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.opened.language

    @cached_property
    def naming(self) -> Naming:
        """Names of codes of the dataset."""
        codes = {"classification": (self.edition,)} if self.edition else {}
        return Naming(self.opened.words, View(codes=codes))

    @property
    def other(self) -> str:
        """The side on which the partners stand."""
        return "counterpart_area" if self.profile.side == "ref_area" else "ref_area"

    def area(self, code: str) -> str:
        """Return the name of an area."""
        return self.naming.name("counterpart_area", code).text

    def goods(self, code: str) -> Name:
        """Return the name of goods and its language where it is not the reader's."""
        return self.naming.name("commodity", code)

    def period(self, code: str) -> str:
        """Return a year as its digits, a month in words."""
        return period_name(code, self.language)

    def short_month(self, code: str) -> str:
        """Return the first three letters of a month, as calendars of the three languages do."""
        names: Mapping[str, Sequence[str]] = catalogue("periods")["months"]
        return names[self.language][int(code[5:7]) - 1][:3]

    def chosen_words(self) -> str:
        """Return the chosen period; a year of fewer than twelve months says of which."""
        chosen = self.profile.chosen
        if chosen is None:
            return ""
        return (
            self.year_of_months(chosen.periods) if chosen.is_partial else self.period(chosen.code)
        )

    def year_of_months(self, months: Sequence[str]) -> str:
        """Return a year that is a sum of months: its name, and what it consists of."""
        year, numbers = months[0][:4], sorted(int(code[5:7]) for code in months)
        if len(numbers) == 12:
            return self.period(year)
        if len(numbers) == 1:
            return self.period(months[0])
        if numbers == list(range(numbers[0], numbers[-1] + 1)):
            return self.period(f"{year}-{numbers[0]:02d}/{year}-{numbers[-1]:02d}")
        said = {"year": year, "n": len(numbers)}
        return _("%(year)s, %(n)s months of 12") % said

    def view(
        self,
        freq: str,
        periods: Sequence[str],
        level: str,
        rows: Sequence[str],
        **codes: str | Sequence[str],
    ) -> View:
        """Return the explorer's view of some codes; of one level, down as named, periods across."""
        asked: dict[str, tuple[str, ...]] = {
            "freq": (freq,), "measure": ("VALUE",), self.profile.side: (self.profile.area,),
        }  # fmt: skip
        if self.profile.partner:
            asked[self.other] = (self.profile.partner,)
        if self.edition:
            asked["classification"] = (self.edition,)
        if level == "0":
            asked["commodity"] = ("_T",)
        for name, wanted in codes.items():
            asked[name] = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        asked = {name: listed for name, listed in asked.items() if 0 < len(listed) <= _MOST_CODES}
        has_level = level in LEVELS and "commodity" not in codes
        return View(
            version=self.version, codes=asked, level=level if has_level else "",
            start=periods[0] if periods else "", end=periods[-1] if periods else "",
            rows=tuple(rows), columns=("period",),
        )  # fmt: skip

    def link(self, view: View) -> str:
        """Return the address of a view in the explorer."""
        path = reverse("portal:explore-dataset", args=[self.opened.offered.id])
        return f"{path}?{view.query()}"

    def download(self, view: View, form: str) -> str:
        """Return the address of a file with everything that a view holds."""
        return as_download(view, self.opened.offered, self.language, form)

    def of_sum(self, flow: str, freq: str, periods: Sequence[str], level: str) -> str:
        """Return the address of the view that shows what a sum of the line is made of."""
        rows = () if level == "0" else ("commodity",)
        codes: dict[str, str] = {"flow": flow}
        if not self.profile.partner:
            line = self.profile.line
            if line is not None and line.whole:
                codes[self.other] = WORLD
            else:
                rows = (self.other, *rows)
        return self.link(self.view(freq, periods, level, rows or (self.other,), **codes))

    def of_balance(self, freq: str, periods: Sequence[str], level: str) -> str:
        """Return the address of the view with both flows that a balance is the difference of."""
        rows = ["flow"]
        codes: dict[str, str | Sequence[str]] = {"flow": FLOWS}
        if not self.profile.partner and self.is_world_printed:
            codes[self.other] = WORLD
        elif not self.profile.partner:
            rows.append(self.other)
        if level != "0":
            rows.append("commodity")
        return self.link(self.view(freq, periods, level, rows, **codes))

    def of_share(self, flow: str, freq: str, periods: Sequence[str], level: str) -> str:
        """Return the address of the view with the part and the whole that a share is of.

        Of a partner: with the world where the source prints it, else with all partners.
        """
        profile = self.profile
        codes: dict[str, str | Sequence[str]] = {"flow": flow}
        rows = [self.other]
        if profile.share_of != "partner":
            rows = [profile.side]
            codes[profile.side] = (profile.area, codelist("areas")[profile.area].parent)
            if self.is_world_printed:
                codes[self.other] = WORLD
        elif self.is_whole_printed:
            codes[self.other] = (profile.partner, WORLD)
        else:
            codes[self.other] = ()
        if level != "0":
            rows.append("commodity")
        return self.link(self.view(freq, periods, level, rows, **codes))

    @cached_property
    def is_whole_printed(self) -> bool:
        """True where the source prints trade of the area with the world."""
        asked = Selection.of({self.profile.side: self.profile.area})
        return WORLD in counted(self.profile.dataset, self.other, asked)

    def of_chosen(self, flow: str, level: str, row: str, **codes: str | Sequence[str]) -> str:
        """Return the address of the view behind a row of the chosen period."""
        chosen = self.profile.chosen
        assert chosen is not None
        if row == "commodity" and not self.profile.partner and self.is_world_printed:
            codes = {self.other: WORLD, **codes}
        rows = (row,) if row == self.other or self.profile.partner else (self.other, row)
        rows = (row,) if self.other in codes else rows
        return self.link(self.view(chosen.freq, chosen.periods, level, rows, flow=flow, **codes))

    @property
    def is_world_printed(self) -> bool:
        """True where the source prints trade with the world."""
        line = self.profile.line
        return bool(line is not None and line.whole)

    def query(self, *, version: str, chosen: Chosen | None, level: str) -> str:
        """Return the query of the page itself, as it would stay."""
        said = {
            "dataset": self.opened.offered.id,
            "period": chosen.code if chosen else "",
            "level": level,
            "edition": self.edition,
            "version": version if version != LATEST else "",
        }
        return "&".join(f"{name}={value}" for name, value in said.items() if value)
