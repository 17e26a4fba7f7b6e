"""Observations of the first case, as the tests of this room need them, without its folder."""

from irtysh.vocabulary.numbers import Qualifier
from tests.observations import observe
from tests.stats.paper import CODES, PRINTED

HEADLINE = {
    "dataflow": "TRADE_PARTNER",
    "ref_area": "RU-OMS",
    "counterpart_area": "KZ",
    "flow": "T",
}


def turnover(printed="402,1", period="2021", **fields):
    fields.setdefault("classification", "_Z")
    return observe(printed, period, **fields)


def rate(printed, period, base_period, **fields):
    return turnover(
        printed, period, measure="GROWTH", unit="PC", unit_mult=0, base_period=base_period, **fields
    )


def share(printed, period, **fields):
    fields.setdefault("share_of", "FLOW:T")
    return turnover(printed, period, measure="SHARE", unit="PC", unit_mult=0, **fields)


def table():
    return [
        observe(
            printed,
            str(year),
            dataflow="TRADE_GOODS",
            commodity=code,
            locator=f"table, {code}, {year}",
        )
        for year, row in PRINTED.items()
        for code, printed in zip(CODES, row, strict=True)
    ]


def totals():
    return [
        turnover("402,1", "2021", locator="L.257"),
        turnover("402", "2021", qualifier=Qualifier.GT, locator="L.296"),
        turnover("380", "2021", qualifier=Qualifier.GT, source="press", locator="head"),
        turnover("239,3", "2016"),
        turnover("322,6", "2022", flow="X"),
        turnover("190,1", "2021", counterpart_area="CN"),
        turnover("83,1", "2021", counterpart_area="TR"),
        rate("-34", "2016", "2015"),
        rate("12,6", "2021", "2020"),
        rate("12,3", "2022", "2021", counterpart_area="_U"),
        share("62,2", "2016", flow="X"),
        share("37,8", "2016", flow="M"),
        share("5", "2021", counterpart_area="_O", share_of="COUNTERPART:W", qualifier=Qualifier.LT),
    ]


def everything():
    return [*totals(), *table()]
