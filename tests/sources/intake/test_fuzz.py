"""Whatever bytes come in: a check sheet or a named refusal, never anything else."""

from __future__ import annotations

import gzip
import random
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.sources.intake.generic import GENERIC
from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.reading import read_into
from irtysh.sources.layouts import recognise
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import IrtyshError

HEADER = "Year,Reporter,Partner,Flow,HS code,Trade value,Net weight"
GOOD = [
    f"{2015 + n % 5},{a},{b},{f},{c},{v},{w}"
    for n, (a, b, f, c, v, w) in enumerate(
        [("Kazakhstan", "Russian Federation", "Export", "271019", "100,5", "7"),
         ("KZ", "CN", "ИМ", "0101", "…", "1e3"), ("RU", "BY", "X", "01", "-", "")] * 8
    )
]  # fmt: skip
SETTINGS = {
    **{f"column-{n}": role for n, role in enumerate(
        ("year", "ref_area", "counterpart_area", "flow", "commodity", "value", "weight"), 1)},
    "unit": "USD", "unit_mult": "3", "classification": "H6",
}  # fmt: skip
CELLS = ["", "=1+1", "@SUM(A1)", "-", "1e999", "NaN", "٣", "\ufeff", '"', "'", "1.2.3", "x" * 300,
         "2021-13", "９９", "+1", "0x10", "\u202e", "1 000", "−5", "H7", "\x0b"]  # fmt: skip
DBF = bytes([3, 124, 5, 6]) + bytes(4) + b"\x61\0\x0a\0"
MARKS = [b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08", b"<a>", b'{"a":', DBF]
ENCODINGS = ["utf-8", "cp1251", "cp866", "utf-16", "utf-16-be", "utf-8-sig"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good table with planted faults: cells, columns, encodings, bytes, the end cut off."""
    rows = [HEADER.split(","), *(row.split(",", 6) for row in GOOD)]
    chance = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(0, 6))):
        row = chance.choice(rows)
        if draw(st.booleans()) and row:
            row[chance.randrange(len(row))] = draw(st.sampled_from(CELLS))
        elif len(row) > 1:
            row.pop(chance.randrange(len(row)))
    lines = [(",".join(row) + "\n") for row in rows]
    encoding = draw(st.sampled_from(ENCODINGS))
    other = draw(st.sampled_from([encoding, *ENCODINGS]))
    half = len(lines) // 2
    data = bytearray("".join(lines[:half]).encode(encoding, "replace"))
    data += "".join(lines[half:]).encode(other, "replace")
    for _ in range(draw(st.integers(0, 4))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if draw(st.booleans()):
        del data[draw(st.integers(0, len(data))) :]
    if draw(st.integers(0, 4)) == 0:
        packed = bytearray(gzip.compress(bytes(data)))
        if draw(st.booleans()):
            packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
        return bytes(packed)
    return bytes(data)


def outcome(data: bytes) -> str:
    """Return the code of the refusal, or "sheet"; everything else goes up."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "file").write_bytes(data)
        try:
            head = open_file(place / "file", "fuzz", place)
            recognise(head)
            sheet = read_into(Staging(place / "staging"), head, GENERIC[1], SETTINGS)
        except IrtyshError as refused:
            return refused.code
        counted = sheet.kept + sheet.refusals + sum(sheet.left_out.values())
        assert counted == sheet.lines, "a row was dropped in silence"
        return "sheet"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_damaged_tables(data: bytes) -> None:
    assert outcome(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    assert outcome(data)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MARKS), st.binary(max_size=600))
def test_bytes_that_claim_a_form(mark: bytes, data: bytes) -> None:
    assert outcome(mark + data)


def test_the_good_table_is_read() -> None:
    data = "\n".join([HEADER, *(g.replace("100,5", "100.5") for g in GOOD)]).encode()
    assert outcome(data) == "sheet"
