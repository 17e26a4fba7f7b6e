"""Documents of any register, as Hypothesis draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from irtysh.sources.registers import Column, Kind, Table
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.names import generic_names
from irtysh.vocabulary.text import LANGUAGES

OF_THE_CASE = {
    "themes": {"trade": "Торговля", "people": "Люди; связи"},
    "sides": {"A": "Омская область", "B": "Казахстан"},
}
_SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))
_PLANTED = st.sampled_from(
    [
        "=1+1", "+7 3812", "-5", "@name", "'quoted'", "'=1", '"double"', "a;b\\;c\\", "007",
        "1e5", "12,5", "строка\nвторая", "Әмина Ғұмарқызы, Қостанай, Өскемен Һ Ү Ұ Ң І", "yes",
        "_x0041_ _x000D_", "2024-05-31", "[[long_texts 1]]", "<b>&amp;</b>", "#N/A", "null",
    ]
)  # fmt: skip
TEXTS = _PLANTED | st.text(_SIGNS | st.sampled_from(" \n"), max_size=12).map(str.strip)
SOME = TEXTS.filter(bool)
IDS = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,11}\Z")
DAYS = st.dates().map(lambda day: f"{day:%Y}".zfill(4) + f"{day:-%m-%d}")
_NUMBERS = st.integers(-(10**15), 10**15) | st.decimals(
    -(10**8), 10**8, places=6, allow_nan=False
).map(lambda one: int(one) if one == one.to_integral_value() else float(one))


def codes_of(codes: str, language: str = "ru") -> Mapping[str, str]:
    """Return code → name, of the invented case too."""
    return OF_THE_CASE.get(codes) or generic_names(codes, language)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Draw what a column may hold; None where it is empty."""
    return st.none() | _filled(column)


def _filled(column: Column) -> st.SearchStrategy[Any]:
    if column.kind in TRANSLATED:
        return st.dictionaries(st.sampled_from(LANGUAGES), SOME, min_size=1)
    if column.kind in (Kind.CODE, Kind.CODES):
        one = st.sampled_from(sorted(codes_of(column.codes)))
        return one if column.kind is Kind.CODE else st.lists(one, min_size=1, unique=True)
    if column.kind is Kind.ROWS:
        return st.lists(_row(column), min_size=1, max_size=3)
    return _plain(column)


def _plain(column: Column) -> st.SearchStrategy[Any]:
    low = -(10**9) if column.low is None else int(column.low)
    high = 10**9 if column.high is None else int(column.high)
    bounded = _NUMBERS if column.low is column.high is None else st.integers(low, high)
    return {
        Kind.STRING: SOME,
        Kind.STRINGS: st.lists(SOME, min_size=1, max_size=3),
        Kind.ADDRESS: st.just("https://example.org/?q=a;b&c=%D0%B0"),
        Kind.DAY: DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4]),
        Kind.INTEGER: st.integers(low, high),
        Kind.DECIMAL: bounded,
        Kind.FLAG: st.booleans(),
        Kind.RECORD: IDS,
        Kind.LINK: IDS.map(lambda one: f"organisations/{one}"),
    }[column.kind]


def _row(column: Column) -> st.SearchStrategy[dict[str, Any]]:
    required = {one.name: _filled(one) for one in column.rows if one.is_required}
    others = {one.name: values(one) for one in column.rows if not one.is_required}
    return st.fixed_dictionaries({**required, **others}).map(tidy).filter(bool)


def documents(table: Table) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a document of a register, with fields beside its columns."""
    fields = {"id": IDS, **{column.name: values(column) for column in table.columns}}
    extra = st.dictionaries(
        st.sampled_from(["note_of_case", "ещё", "=further"]),
        st.integers(1) | SOME | st.lists(SOME, min_size=1) | st.just({"a": [1.5, None, True]}),
    )
    return st.tuples(st.fixed_dictionaries(fields).map(tidy), extra).map(
        lambda pair: {**pair[0], **pair[1]}
    )


def tidy(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without empty fields, as records give it."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}
