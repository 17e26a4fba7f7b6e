"""Bytes flipped at random: the text, or a reason; never anything else."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.sources.texts import DEFAULT_LIMITS, clean, read_document
from irtysh.sources.texts.opened import attempt
from irtysh.vocabulary.errors import IrtyshError
from tests.sources.texts.made import docx_of, pdf_of

GOOD = {
    "pdf": pdf_of([["Turnover rose by 8.4% in 2022."], ["Exports fell."]]),
    "docx": docx_of(["Оборот вырос на 8,4 %."], [["Группа", "2021"], ["Зерно", "1,5"]]),
    "html": "<html><body><p>Оборот</p><table><tr><td>1</table></body></html>".encode(),
}
LIMITS = asdict(DEFAULT_LIMITS)
flips = st.lists(st.tuples(st.floats(0, 0.999999), st.integers(0, 255)), min_size=1, max_size=12)


def damaged(data: bytes, changes: list[tuple[float, int]]) -> bytes:
    found = bytearray(data)
    for place, byte in changes:
        found[int(place * len(found))] = byte
    return bytes(found)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", sorted(GOOD))
@given(changes=flips, cut=st.floats(0.05, 1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_document_gives_lines_or_a_reason(
    kind: str, changes: list[tuple[float, int]], cut: float
) -> None:
    data = damaged(GOOD[kind], changes)
    answer = attempt(kind, data[: max(1, int(cut * len(data)))], LIMITS)
    assert set(answer) in ({"lines"}, {"error"})
    if "error" in answer:
        assert answer["error"][0] in ("large", "encrypted", "damaged")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a", "a.csv"]))
@settings(deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes, file: str) -> None:
    if data[:1024].find(b"%PDF-") >= 0 or data.startswith((b"PK\x03\x04", b"<")):
        return
    try:
        document = read_document(data, file)
    except IrtyshError as refusal:
        assert refusal.params["file"] == file
    else:
        assert any(line.text.strip() for line in document.lines)


@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 280 + "x",
        "Слово один.\n" + "\n" * 20_000 + "конец.",
        "слово один\n" + "\n" * 20_000 + "конец.",
        "a 2001 2002\n" * 2_000,
    ],
    ids=["comments", "blank lines", "blank lines in a sentence", "rows of years"],
)
def test_monotonous_text_does_not_take_steps_without_end(text: str) -> None:
    assert clean(read_document(text.encode(), "a.txt")).document.lines


def test_a_text_can_be_kept_in_any_database() -> None:
    data = pdf_of([["Turnover\0 rose by 8.4%."]])
    lines = read_document(data, "a.pdf").lines
    assert "Turnover" in lines[0].text
    assert "\0" not in lines[0].text
