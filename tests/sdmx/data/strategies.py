"""Any figures and flows, for Hypothesis."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

TEXT = st.text(
    # What XML cannot hold at all (controls, half pairs, U+FFFE, U+FFFF) is replaced in messages.
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=20,
)
_NOTE = TEXT.map(lambda text: text.replace(";", "").strip()).filter(bool)


def codes(name: str) -> st.SearchStrategy[str]:
    """Any code of a list."""
    return st.sampled_from(sorted(codelist(name)))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period that a message can hold."""
    year = draw(st.integers(1900, 2099))
    month = draw(st.integers(1, 12))
    kind, code = draw(
        st.sampled_from(
            [
                ("A", f"{year}"),
                ("S", f"{year}-S{1 + month % 2}"),
                ("Q", f"{year}-Q{1 + month % 4}"),
                ("M", f"{year}-{month:02d}"),
                ("C", f"{year}-01/{year}-{month:02d}"),
                ("P", f"{year}"),
                ("P", f"{year}-{month:02d}"),
                ("P", f"{year}-{month:02d}-28"),
            ]
        )
    )
    return Period.parse(kind, code)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Any figure of one dataset; few areas, so that series and repeats come about."""
    value = draw(st.none() | st.decimals(-(10**12), 10**12, allow_nan=False, places=3))
    printed = "" if value is None else f"{value:f}".replace(".", draw(st.sampled_from(".,")))
    classification = draw(st.sampled_from(["HS_SECTION", "HS_CHAPTER", "_Z"]))
    goods = {"HS_SECTION": codes("hs_sections"), "HS_CHAPTER": codes("hs_chapters")}
    base = draw(st.none() | st.just(Period.parse("U", "")) | periods())
    return Observation(
        dataflow="TRADE_PARTNER",
        freq=draw(codes("frequencies")),
        ref_area=draw(st.sampled_from(["RU-OMS", "KZ"])),
        counterpart_area=draw(st.sampled_from(["KZ", "W", "_U"])),
        flow=draw(st.sampled_from(["X", "M", "_U"])),
        classification=classification,
        commodity=draw(goods.get(classification, st.sampled_from(["_T", "_U"]))),
        measure=draw(st.sampled_from(["VALUE", "SHARE"])),
        period=draw(periods()),
        base_period=base,
        share_of=draw(st.sampled_from(["", "FLOW:T", "COMMODITY:_T", "_U"])),
        qualifier=draw(st.sampled_from(list(Qualifier))),
        printed=printed,
        value=value,
        unit=draw(codes("units")),
        unit_mult=draw(st.integers(-3, 9)),
        valuation=draw(codes("valuations")),
        status=draw(st.sampled_from(list(Status))),
        definition=draw(TEXT),
        source=draw(TEXT.filter(lambda text: text not in ("", "_Z"))),
        locator=draw(TEXT),
        retrieved_on=draw(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))),
        notes=tuple(draw(st.lists(_NOTE, max_size=2))),
    )


@st.composite
def flow_rows(draw: st.DrawFn) -> FlowRow:
    """Any declared flow."""
    amount = st.just("") | st.decimals(0, 10**12, places=2).map(
        lambda value: f"{Decimal(value).normalize():f}"
    )
    classification = draw(st.sampled_from(["H0", "H6", "HS_CHAPTER", "S2"]))
    freq, period = draw(
        st.sampled_from([("A", "2021"), ("M", "2021-04"), ("Q", "2021-Q3"), ("S", "2020-S1")])
    )
    value = draw(amount)
    weight = draw(amount)
    quantity = draw(amount)
    return FlowRow(
        freq=freq,
        ref_area=draw(st.sampled_from(["RU-OMS", "KZ", "WB-ARB"])),
        counterpart_area=draw(st.sampled_from(["KZ", "W", "CN"])),
        flow=draw(st.sampled_from(["X", "M"])),
        classification=classification,
        commodity=draw(st.sampled_from(["27", "2710", "271019", "9999AA"])),
        period=period,
        value=value,
        weight=weight,
        quantity=quantity,
        quantity_unit=draw(st.sampled_from(["NUM", "L"])) if quantity else "",
        status=draw(st.sampled_from(["OBSERVED", "ESTIMATED", "MIRROR"]))
        if value or weight or quantity
        else "MISSING",
        line=draw(st.integers(2, 10**9)),
    )
