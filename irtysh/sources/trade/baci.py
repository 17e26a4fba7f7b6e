"""CEPII BACI: reconciled world trade, t, i, j, k, v, q in thousand dollars and tonnes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from irtysh.sources.aliases.editions import EDITIONS_CALLED
from irtysh.sources.intake.layout import Constants, Head, Question, Reason
from irtysh.sources.trade.columns import Columns, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading
from irtysh.sources.trade.tables import (
    HS_EDITIONS,
    TableLayout,
    question_of_edition,
    setting,
)

_EDITION = re.compile(r"HS(?:92|96|02|07|12|17|22)(?!\d)", re.IGNORECASE)


class Baci(TableLayout):
    """A year of BACI; the edition of the Harmonized System stands in the file's name only.

    Values are FOB and reconciled from both declarations: derived, not declared. Country codes
    are those of Comtrade, numbers; commodity codes lose their leading zero in many copies.
    """

    id = "baci"
    publisher = "cepii"
    required: ClassVar = ("t", "i", "j", "k", "v", "q")

    def fits(self, columns: Columns) -> bool:
        """Return True if the six columns are there and no others."""
        return len(columns) == len(self.required) and super().fits(columns)

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Return the edition that the file's name gives, or the question for it."""
        named = _EDITION.search(head.name)
        if not named:
            return {}, (question_of_edition(),), ()
        edition = EDITIONS_CALLED[named[0].upper()]
        reason = Reason("trade-edition-in-name", {"name": named[0], "edition": edition})
        return {"classification": edition}, (), (reason,)

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return thousand dollars, FOB."""
        return Constants("USD", 3, {"X": "FOB"}, "baci-reconciled")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, name = columns.get, columns.name
        return Plan(
            width=len(columns),
            period=get("t"),
            ref_area=get("i"),
            partner=get("j"),
            flow=always("X"),
            edition=always(setting(settings, "classification", self.id, HS_EDITIONS)),
            commodity=get("k"),
            value=get("v"),
            areas="comtrade",
            partners="comtrade",
            flows={"x": "X"},
            weight=get("q"),
            weight_factor=Decimal(1000),
            status=always("DERIVED"),
            names=(name("t"), name("i"), name("j"), "", name("k"), name("v")),
        )
