"""Every layout on damaged files: a tally in which every row has a fate, or one named error.

Bytes are flipped and dropped, columns and rows taken away or doubled, halves written in different
encodings: what happens to a file between its publisher and us.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.sdmx.data_messages.forms import FORMS
from irtysh.sdmx.structure import FIGURES, TRADE
from irtysh.sources.intake.layout import Recognised, Tally
from irtysh.sources.intake.opened import open_file
from irtysh.sources.layouts import layout_of, layouts, recognise
from irtysh.sources.table.description import Table, tables
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import catalogue
from tests.flows import flow_row, published_flows
from tests.observations import observe
from tests.sdmx.data.messages import rows_of, written

_ENCODINGS = ("utf-8", "cp1251", "cp866", "utf-16", "utf-8-sig")
_CELLS = ("", "-", "…", "=1+1", "1e999", "NaN", "٣", '"', "x" * 300, "2021-13", "−5", "1 000",
          "\u202e", "Омск", "9" * 40, "0x10", "\x0b", "C", "1,5,5", "_Z")  # fmt: skip
_TABLES = {
    "wits.csv": (
        "nomenclature,reporteriso3,productcode,reportername,partneriso3,partnername,year,"
        "tradeflowname,tradevaluein1000usd",
        "HS,TZA,10110,Tanzania,KAZ,Kazakhstan,2012,Export,12.5",
        "H4,TZA,271019,Tanzania,WLD,World,2012,Gross Imp.,3",
    ),
    "imts-long.csv": (
        "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE",
        "IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,KAZ,M,2021-M04,1500.5,6",
        "IMF.STA:IMTS(1.0.0),RUS,MG_CIF_USD,GX901,Q,2021-Q2,4500,6",
    ),
    "icio_2022.csv": (
        "exporter,sector,importer,value_musd", "RUS,B05,KAZ,14.5", "RUS,C24A,CN1,2",
    ),
    "icio_output.csv": (
        "seller_country,seller_sector,buyer_country,buyer_sector,value_musd",
        "RUS,A01,KAZ,A02,1",
    ),
    "ots.csv": ("year,exporter,hs4,export_value_usd", "2017,kaz,2709,10.5", "2017,rus,0101,NaN"),
    "globe.csv": ("exporter_iso2,hs4,export_value_usd", "KZ,2709,10.5", "RU,0101,7"),
    "top10_2012.csv": ("exporter_iso2,rank,partner_iso2,export_musd", "KZ,1,RU,10.5"),
    "sitc_avg_1998_2000.csv": ("exporter,sitc4,value", "ROM,0011,7", "KAZ,3330,8.5"),
    "armenia.csv": (
        "country,year,month,export,import_origin,import_consignment",
        "Congo,2022,12,0,0.18,0", "Kazakhstan,2022,12,5.5,6,7",
    ),
    "world_bank.csv": (
        '"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021"',
        '"Kazakhstan","KAZ","Population, total","SP.POP.TOTL","1","2"',
        '"Arab World","ARB","Population, total","SP.POP.TOTL","","2"',
    ),
    "figures.csv": (
        "год;регион;значение;показатель;единица", "2021;Омская область;1,5;VALUE;USD",
        "2022;Павлодарская область;-;VALUE;USD",
    ),
}  # fmt: skip
_NAMED = {"gdp-per-head-1998-2000": "gdppc_1998_2000", "oecd-icio-output": "icio_2022_output"}
"""Tables that are known by the name of their file too."""
_AREAS = {"bns": "PVL", "name": "Омская область", "icio": "KAZ", "iso2": "KZ", "okato": "52000"}
_PERIODS = {"year": "2012", "quarter": "2012-Q1", "month": "2012-03", "span": "2012"}


def _described(table: Table) -> Iterator[str]:
    """Yield a small table as its description wants it: one row repeated, a number everywhere."""
    cells = dict.fromkeys(table.needs, "12.5")
    cells |= {name: "12.5" for series in table.series if (name := series.column) != "-"}
    for field in table.fields:
        cells[field.column] = next(iter(field.aliases), "") or _AREAS.get(field.scheme, "KAZ")
    cells[table.period_column] = _PERIODS.get(table.period_form, "2012")
    cells[table.span_column] = "I квартал"
    cells.pop("-", None)
    yield ",".join(cells)
    for _ in range(4):
        yield ",".join(f'"{cell}"' for cell in cells.values())


@cache
def _whole() -> dict[str, tuple[str, ...]]:
    """Return name → lines of a sound file of every layout that other tests do not damage."""
    found = dict(_TABLES)
    for table in tables():
        name = _NAMED.get(table.id, table.id)
        found[f"{name}.csv"] = tuple(_described(table))
    listed = rows_of([observe(), observe("403,5", "2022")])
    with tempfile.TemporaryDirectory() as folder:
        rows = [flow_row(period=str(year)) for year in range(2018, 2022)]
        stored = list(published_flows(Path(folder), rows).dataset.stream(by_series=True))
        for number, form in enumerate(FORMS):
            for structure, of in ((FIGURES, listed), (TRADE, stored)):
                text = written(structure, of, form)
                name = f"{structure.id}-{number}.{form.syntax}"
                found[name] = tuple(text.replace("><", ">\n<").split("\n"))
    return found


def _damaged(lines: tuple[str, ...], draw: st.DataObject) -> bytes:
    chance = random.Random(draw.draw(st.integers(0, 2**32)))
    kept = list(lines)
    mark = ";" if ";" in kept[0] else ","
    rows = [line.split(mark) for line in kept]
    match draw.draw(st.sampled_from(("cells", "column", "rows", "bytes", "encodings"))):
        case "cells":
            for _ in range(chance.randrange(1, 5)):
                row = chance.choice(rows)
                row[chance.randrange(len(row))] = chance.choice(_CELLS)
        case "column":
            place = chance.randrange(len(rows[0]))
            for row in rows[chance.randrange(2) :]:
                if place < len(row):
                    row[place : place + 1] = row[place : place + 1] * chance.choice((0, 2))
        case "rows":
            rows.insert(chance.randrange(len(rows)), chance.choice(rows)[: chance.randrange(5)])
            rows.pop(chance.randrange(len(rows)))
    text = "\n".join(mark.join(row) for row in rows)
    one, other = (draw.draw(st.sampled_from(_ENCODINGS)), "utf-8") if chance.random() < 0.3 else (
        "utf-8", "utf-8")  # fmt: skip
    half = chance.randrange(len(text) + 1)
    data = bytearray(text[:half].encode(one, "replace") + text[half:].encode(other, "replace"))
    for _ in range(chance.randrange(4) if chance.random() < 0.5 else 0):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randrange(8)] = chance.randbytes(chance.randrange(6))
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def _answers(found: Recognised) -> dict[str, str]:
    said = dict(found.settings)
    for one in found.questions:
        said.setdefault(one.setting, one.suggested or (one.options[0] if one.options else "2012"))
    return said


def outcome(name: str, data: bytes) -> list[str]:
    """Return what became of the file with each layout that it may have; other errors go up."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "file").write_bytes(data)
        try:
            head = open_file(place / "file", name, place)
            seen = recognise(head)
        except IrtyshError as refused:
            assert refused.code in catalogue("faults")
            return [refused.code]
        ends = []
        for one in seen:
            layout, tally, said = layout_of(one.layout), Tally(), _answers(one)
            try:
                if layout.produces == "flows":
                    layout.constants(head, said)
                kept = len(list(layout.read(head, said, tally)))
            except IrtyshError as refused:
                assert refused.code in catalogue("faults")
                ends.append(refused.code)
                continue
            faults = {fault.code for fault in (*tally.examples, *tally.remarks)}
            assert faults <= set(catalogue("faults"))
            assert kept or not tally.kept
            assert tally.lines >= tally.kept
            ends.append(one.layout)
        return ends


@pytest.mark.parametrize("name", sorted(_whole()))
def test_the_sound_file_is_seen(name: str) -> None:
    """Else nothing of its layout would be damaged."""
    best = outcome(name, "\n".join(_whole()[name]).encode())[0]
    assert best in layouts() or best in ("TwoIndustries", "FileHoldsNoFigures")
    assert name == "figures.csv" or not best.startswith("generic")


@pytest.mark.parametrize("name", sorted(_whole()))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_by_name(name: str, data: st.DataObject) -> None:
    outcome(name, _damaged(_whole()[name], data))
