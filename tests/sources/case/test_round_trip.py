"""Written and read again, a case is the same; a new one is valid; nothing is overwritten."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.sources.case import new_case, read_case, write_case
from irtysh.sources.case.tables import Lists, read_table
from irtysh.sources.case.yaml_lines import parse_yaml
from irtysh.vocabulary.errors import FolderNotEmpty
from tests.sources.case.small import write_small_case


def test_written_and_read_again_is_the_same(tmp_path):
    case, _ = read_case(write_small_case(tmp_path / "small"))
    write_case(case, tmp_path / "copy")
    again, faults = read_case(tmp_path / "copy")
    assert faults == []
    assert again.observations == case.observations
    assert again.documents == case.documents
    assert again.about == case.about
    assert again.pages == case.pages
    assert [row.inventory for row in again.rows] == [row.inventory for row in case.rows]


def test_a_new_case_is_valid_and_empty(tmp_path):
    new_case(tmp_path / "border", "border")
    case, faults = read_case(tmp_path / "border")
    assert [fault for fault in faults if fault.severity == "error"] == []
    assert case.rows == ()


def test_a_full_folder_is_never_overwritten(tmp_path):
    folder = write_small_case(tmp_path / "small")
    before = (folder / "case.yaml").read_bytes()
    with pytest.raises(FolderNotEmpty):
        new_case(folder, "border")
    assert (folder / "case.yaml").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["small"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_faults_not_tracebacks(content):
    document, faults = parse_yaml(content, "any.yaml")
    assert (
        document.data is None or faults == [] or all(fault.file == "any.yaml" for fault in faults)
    )
    lists = Lists(frozenset(), frozenset(), frozenset())
    _, faults = read_table(content, "any.csv", lists)
    assert all(fault.file == "any.csv" for fault in faults)
