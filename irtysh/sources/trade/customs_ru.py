"""Federal Customs Service of Russia: the regional layout (DATTSVT), as TSV or DBF.

NAPR, PERIOD, NASTRANAPR or STRANA, TNVED, EDIZM, STOIM, NETTO, KOL, REGION, REGION_S. Two
documents dispute whether STOIM is in dollars or thousands of them, so the unit is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from statistics import median
from typing import ClassVar

from irtysh.sources.intake.layout import Constants, Head, Question, Reason, Tally
from irtysh.sources.intake.rows import rows_of
from irtysh.sources.trade.columns import Columns, Getter, Row, always
from irtysh.sources.trade.flows import Plan
from irtysh.sources.trade.lookups import Reading, RowRefused
from irtysh.sources.trade.moments import moment
from irtysh.sources.trade.numerals import mended
from irtysh.sources.trade.tables import TableLayout, setting, whole
from irtysh.vocabulary.errors import MappingDoesNotFit, NotANumber, NotAPeriod
from irtysh.vocabulary.flow_row import FlowRow

_FLOWS = {"эк": "X", "им": "M", "ek": "X", "im": "M", "экспорт": "X", "импорт": "M"}
_STATUSES = ("OBSERVED", "MIRROR", "ESTIMATED")
_WEIGHTS = {"KG": Decimal(1), "T": Decimal(1000)}
_NO_PARTNERS_SINCE = "2022-02"
"""Since then Russia has published no partners: later figures are mirror data or estimates."""
_DEAR = Decimal(50)
_CHEAP = Decimal("0.05")
"""Median value per kilogram above which STOIM is hardly in thousands, or below hardly in units:
goods trade mostly between a few cents and a few tens of dollars a kilogram. Evidence only."""
_CLOSE = Decimal("0.02")
"""How near a sum has to come to a known total to speak for a unit."""


class CustomsRussia(TableLayout):
    """Monthly flows by partner, ten-digit code and region of the trader's registration."""

    id = "customs-ru"
    publisher = "fcs"
    required: ClassVar = ("NAPR", "PERIOD", "TNVED", "STOIM", "NETTO", "KOL")

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Ask for the unit of STOIM, and for the status of rows that Russia did not publish."""
        questions = [self._unit_question(head, columns)]
        if _is_late(head, columns):
            since = Reason("trade-no-partners-since", {"period": _NO_PARTNERS_SINCE})
            questions.append(Question("status", _STATUSES, "", (since,)))
            return {"weight_unit": "KG"}, tuple(questions), ()
        return {"weight_unit": "KG", "status": "OBSERVED"}, tuple(questions), ()

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return dollars with the power of ten that a person has stated."""
        power = whole(settings, "unit_mult", self.id)
        if power not in (0, 3):
            raise MappingDoesNotFit(
                mapping=self.id, place="unit_mult", expected="0, 3", found=str(power)
            )
        return Constants("USD", power, {"X": "FOB", "M": "CIF"}, "customs-ru-registration")

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand."""
        columns = Columns(head.header)
        get, get_if, name = columns.get, columns.get_if, columns.name
        partner = ("NASTRANAPR", "STRANA")
        region = get_if("REGION")
        weight_unit = setting(settings, "weight_unit", self.id, tuple(_WEIGHTS))
        unit = "EDIZM_ISO" if "EDIZM_ISO" in columns else "EDIZM"
        return Plan(
            width=len(columns),
            period=get("PERIOD"),
            ref_area=_code_of(region) if region else always("RU"),
            partner=_code_of(get(*partner, layout=self.id)),
            flow=get("NAPR"),
            edition=always("TNVED"),
            commodity=_code_of(get("TNVED")),
            value=get("STOIM"),
            areas="fcs" if region else "iso2",
            partners="iso2" if _are_iso2(head, columns.place(*partner)) else "any",
            flows=_FLOWS,
            weight=get("NETTO"),
            weight_factor=_WEIGHTS[weight_unit],
            quantity=get("KOL"),
            quantity_unit=_unit_of(columns, unit),
            units="fcs",
            status=always(setting(settings, "status", self.id, _STATUSES)),
            leave_out=_prefixes_fit(columns),
            decimal_mark=",",
            names=(
                name("PERIOD"), name("REGION"), name(*partner), name("NAPR"), name("TNVED"),
                name("STOIM"),
            ),
        )  # fmt: skip

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows; lines of one key under a code that only stands for a group are joined.

        Such a code ("90000000") has goods of several units under it and so stands several times
        a month. Values and weights are added, quantities of different units are not.
        """
        held: dict[tuple[str, ...], FlowRow] = {}
        for row in super().read(head, settings, tally):
            if ("TNVED", row.commodity) not in tally.unknown:
                yield row
                continue
            key = row[:7]
            if key in held:
                tally.kept -= 1
                tally.left_out["trade-joined-line"] += 1
                held[key] = _joined(held[key], row)
            else:
                held[key] = row
        yield from held.values()

    def evidence(self, head: Head, known_total: Decimal, flow: str, year: str) -> Reason | None:
        """Return which unit of STOIM a total known from elsewhere speaks for, if any.

        Parameters
        ----------
        known_total : Decimal
            Dollars.
        flow, year : str
            X or M, and the year: which of the file's rows it is the total of.
        """
        columns = Columns(head.header)
        value, direction, period = (columns.get(name) for name in ("STOIM", "NAPR", "PERIOD"))
        total = Decimal(0)
        for _, row in rows_of(head):
            if _FLOWS.get(direction(row).strip().casefold()) == flow and year in period(row):
                total += _decimal(value(row)) or 0
        if not total or not known_total:
            return None
        for power in (0, 3):
            scaled = total * 10**power
            if abs(scaled - known_total) <= known_total * _CLOSE:
                said = {"total": scaled, "known": known_total, "unit_mult": str(power)}
                return Reason("trade-known-total", said)
        return None

    def _unit_question(self, head: Head, columns: Columns) -> Question:
        """Ask for the power of ten; what a kilogram costs in the first rows is the evidence."""
        value, weight = columns.get("STOIM"), columns.get("NETTO")
        prices = []
        for row in head.rows:
            if len(row) == len(columns):
                worth, mass = _decimal(value(row)), _decimal(weight(row))
                if worth and mass:
                    prices.append(worth / mass)
        disputed = Reason("trade-stoim-disputed")
        if not prices:
            return Question("unit_mult", ("0", "3"), "", (disputed,))
        usual = median(prices)
        said = Reason("trade-price-of-kilogram", {"price": round(usual, 4), "count": len(prices)})
        likely = "3" if usual < _CHEAP else "0" if usual < _DEAR else ""
        return Question("unit_mult", ("0", "3"), likely, (disputed, said))


def _joined(one: FlowRow, other: FlowRow) -> FlowRow:
    """Return two lines of one key as one; an amount that either lacks is missing in the sum."""
    same_unit = one.quantity_unit == other.quantity_unit
    return one._replace(
        value=_sum(one.value, other.value),
        weight=_sum(one.weight, other.weight),
        quantity=_sum(one.quantity, other.quantity) if same_unit else "",
        quantity_unit=one.quantity_unit if same_unit else "",
    )


def _sum(one: str, other: str) -> str:
    return f"{Decimal(one) + Decimal(other):f}" if one and other else ""


def _code_of(cell: Getter) -> Getter:
    """Return the code of a cell that holds it alone or as "52000 - ОМСКАЯ ОБЛАСТЬ"."""

    def code(row: Row) -> str:
        text = cell(row)
        return text.partition(" - ")[0].strip() if " " in text else text

    return code


def _unit_of(columns: Columns, name: str) -> Getter:
    """Return the unit's code, or its name where the column of codes does not know it."""
    code, said = columns.get(name), columns.get("EDIZM") if "EDIZM" in columns else None

    def unit(row: Row) -> str:
        text = code(row).strip()
        if text == "?" and said is not None:
            text = said(row).strip()
        return text.partition(" - ")[0] if " - " in text else text

    return unit


def _prefixes_fit(columns: Columns) -> Getter | None:
    """Return a check that TNVED2, TNVED4, TNVED6 are the beginnings of TNVED."""
    whole_code = columns.get("TNVED")
    parts = [
        (columns.get(name), name) for name in ("TNVED2", "TNVED4", "TNVED6") if name in columns
    ]
    if not parts:
        return None

    def check(row: Row) -> str:
        code = whole_code(row)
        for part, name in parts:
            if not code.startswith(part(row)):
                raise RowRefused("PrefixDiffers", name, value=part(row), code=code)
        return ""

    return check


def _is_late(head: Head, columns: Columns) -> bool:
    """Return True if one of the first rows is of a month for which partners are not published."""
    period = columns.get("PERIOD")
    for row in head.rows:
        try:
            if len(row) == len(columns) and moment(period(row))[1] >= _NO_PARTNERS_SINCE:
                return True
        except NotAPeriod:
            continue
    return False


def _are_iso2(head: Head, place: int) -> bool:
    cells = [row[place].partition(" - ")[0].strip() for row in head.rows if len(row) > place]
    return bool(cells) and all(len(cell) == 2 and cell.isascii() for cell in cells)


def _decimal(text: str) -> Decimal | None:
    try:
        numeral, _ = mended(text, ",")
        return Decimal(numeral) if numeral else None
    except (NotANumber, InvalidOperation):
        return None
