"""A damaged file gives rows that are all accounted for, or one named error; nothing else."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.intake.layout import Tally
from irtysh.sources.trade import LAYOUTS
from irtysh.vocabulary.errors import IrtyshError
from tests.sources.trade.opened import accounted, head_of
from tests.sources.trade.test_comtrade import _BULK, _LEGACY, _legacy
from tests.sources.trade.test_customs_ru import _dbf, _row, _tsv

_ANSWERS = {
    "classification": "H5", "year": "2017", "unit_mult": "0", "unit": "USD", "measure": "VALUE",
    "status": "OBSERVED", "weight_unit": "KG", "import_partner": "origin",
}  # fmt: skip
_WHOLE = {
    "legacy.csv": "\n".join([_LEGACY, *[_legacy()] * 9]).encode(),
    "bulk.txt": "\n".join(
        ["\t".join(_BULK), *["\t".join(map(str, _BULK.values()))] * 9]
    ).encode(),
    "answer.json": json.dumps({"data": [_BULK] * 9}).encode(),
    "BACI_HS17_Y2021.csv": b"t,i,j,k,v,q\n" + b"2021,643,398,271019,12.5,8.9\n" * 30,
    "customs.csv": _tsv(*[_row()] * 9).encode("cp1251"),
    "customs.dbf": _dbf(*[_row()] * 9),
    "panel.csv": b"reporter,partner,year,export_kusd,import_kusd\n" + b"KAZ,RUS,2009,1,2\n" * 30,
    "imts.csv": b"COUNTRY.ID,COUNTERPART_COUNTRY.ID,INDICATOR.ID,FREQUENCY.ID,SCALE.ID,2022,2023\n"
    + b"RUS,KAZ,XG_FOB_USD,A,6,1,2\n" * 20,
    "gdp.json": json.dumps(
        [{"page": 1}, [{"indicator": {"id": "SP.POP.TOTL"}, "country": {"id": "KZ"},
                        "countryiso3code": "KAZ", "date": "2021", "value": 1}] * 9]
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(_WHOLE))
@given(data=st.data())
def test_flipped_dropped_and_repeated_bytes(name: str, data: st.DataObject) -> None:
    content = bytearray(_WHOLE[name])
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[at : at + length] = data.draw(st.binary(max_size=40))
        if not content:
            return
    with tempfile.TemporaryDirectory() as folder:
        try:
            head = head_of(Path(folder), name, bytes(content))
            found = [(layout, why) for layout in LAYOUTS if (why := layout.recognise(head))]
        except IrtyshError:
            return
        for layout, why in found:
            tally = Tally()
            settings = {**_ANSWERS, **why.settings}
            try:
                kept = len(list(layout.read(head, settings, tally)))
            except IrtyshError:
                continue
            accounted(tally, kept)
