"""`case check` finds planted faults and names file, line, expectation and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from irtysh.sources.case import read_case
from irtysh.vocabulary.errors import CaseNotFound
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.case.small import FILES, write_small_case

TABLE = "observations/trade.csv"

# What is planted: (code expected, file, line expected, text to find, text to put)
PLANTED = [
    ("NotYaml", "acts.yaml", 5, "status: unchecked", "status: [unchecked"),
    ("DuplicateKey", "acts.yaml", 3, "  kind: law\n", "  kind: law\n  kind: law\n"),
    ("YamlAlias", "notes.yaml", 1, '"Экспорт и импорт."', "*text"),
    ("WrongType", "notes.yaml", 1, '{ru: "Экспорт и импорт.", kk: "Экспорт пен импорт.", en: "Exports and imports."}', "text"),
    ("FieldMissing", "sources.yaml", 1, "  kind: article\n", ""),
    ("UnknownField", "sources.yaml", 5, "accessed_on", "acessed_on"),
    ("TextMissing", "sources.yaml", 8, 'kk: "Газет", ', ""),
    ("TextMissing", "datasets.yaml", 2, '"Сауда"', '"  "'),
    ("TextUnknownLanguage", "sources.yaml", 8, 'kk: "Газет"', 'kk: "Газет", de: "Zeitung"'),
    ("BadId", "sources.yaml", 6, "id: press", 'id: "пресса 1"'),
    ("IdTwice", "acts.yaml", 10, "id: law-2", "id: law-1"),
    ("BadAddress", "sources.yaml", 4, "https://example.org", "example.org"),
    ("BadDate", "sources.yaml", 5, "2024-01-10", '"10.01.2024"'),
    ("EndBeforeStart", "acts.yaml", 6, "2023-12-31", "2013-12-31"),
    ("OutOfRange", "territories.yaml", 4, "54.99", "154.99"),
    ("CodeUnknown", "acts.yaml", 4, "unchecked", "active"),
    ("CodeUnknown", "sources.yaml", 7, "kind: press", "kind: blog"),
    ("CodeUnknown", "case.yaml", 7, "area: RU-OMS", "area: RU-OMSK"),
    ("FormatUnknown", "case.yaml", 2, "format: 1", "format: 9"),
    ("SidesNotTwo", "case.yaml", 6, "  - {id: B, area: KZ}\n", ""),
    ("SourceUnknown", "acts.yaml", 7, "  source: paper\n  locator: L.3", "  source: papper\n  locator: L.3"),
    ("SourceUnknown", "sources.yaml", 9, "[paper]", "[paper, rosstat]"),
    ("ActUnknown", "acts.yaml", 14, "act: law-1", "act: law-7"),
    ("InventoryNumber", "acts.yaml", 9, "inventory: [2]\n- id: law-2", "inventory: [two]\n- id: law-2"),
    ("PreferenceFitsNothing", "preferences.yaml", 2, '"2021"', '"1921"'),
    ("HeadlineFitsNothing", "case.yaml", 10, "flow: T,", "flow: M,"),
    ("IdTwice", "inventory.csv", 3, "2,C,", "1,C,"),
    ("NotAnOption", "inventory.csv", 3, "acts.yaml#law-1,shown", "acts.yaml#law-1,done"),
    ("ReferenceUnknown", "inventory.csv", 3, "acts.yaml#law-1", "acts.yaml#law-9"),
    ("TextMissing", "inventory.csv", 2, "Айналым", ""),
    ("InventoryRowUnknown", "inventory.csv", 0, "1,H,", "3,H,"),
    ("ColumnMissing", TABLE, 1, ",valuation,", ",valuatoin,"),
    ("ColumnUnknown", TABLE, 1, ",valuation,", ",valuatoin,"),
    ("RowWidth", TABLE, 2, '"402,1"', "402,1"),
    ("CellEmpty", TABLE, 2, "L.257", ""),
    ("CellTooLong", TABLE, 2, "L.257", "x" * 5000),
    ("CodeUnknown", TABLE, 2, "RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,EQ", "RU-OMC,KZ,T,_Z,_T,VALUE,A,2021,,,,EQ"),
    ("CodeUnknown", TABLE, 2, "T,_Z,_T,VALUE,A,2021,,,,EQ", "Q,_Z,_T,VALUE,A,2021,,,,EQ"),
    ("CodeUnknown", TABLE, 2, "_Z,_T,VALUE,A,2021,,,,EQ", "HS_SECTION,XXII,VALUE,A,2021,,,,EQ"),
    ("CodeUnknown", TABLE, 3, "GT,380", "ABOVE,380"),
    ("DatasetUnknown", TABLE, 2, "TRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,EQ", "TRADE,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,EQ"),
    ("SourceUnknown", TABLE, 2, "paper,L.257", "papers,L.257"),
    ("NoteUnknown", TABLE, 2, "def-turnover,paper", "def-turn,paper"),
    ("NoteUnknown", TABLE, 4, ",,def-turnover,1", ",,def-other,1"),
    ("InventoryNumber", TABLE, 2, "2024-01-10,,1\nTRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,GT", "2024-01-10,,one\nTRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,GT"),
    ("PeriodUnreadable", TABLE, 2, "A,2021,,,,EQ", "A,2021-22,,,,EQ"),
    ("PeriodUnreadable", TABLE, 4, "A,2016,A,2015", "A,2016,U,2015"),
    ("BaseNotBefore", TABLE, 4, "A,2016,A,2015", "A,2016,A,2017"),
    ("BadDate", TABLE, 2, "L.257,2024-01-10", "L.257,10.01.2024"),
    ("AreaNotValidThen", TABLE, 5, "RU-OMS,KZ,X,_Z,_T,SHARE,A,2016", "RU-OMS,KZ-10,X,_Z,_T,SHARE,A,2016"),
    ("ValueMissing", TABLE, 6, "MISSING", "OBSERVED"),
    ("ValueNotMissing", TABLE, 2, "_U,OBSERVED,def-turnover,paper", "_U,MISSING,def-turnover,paper"),
    ("NumberUnreadable", TABLE, 2, '"402,1"', "более 402"),
    ("MultiplierUnreadable", TABLE, 2, "USD,6,_U,OBSERVED,def-turnover,paper", "USD,mln,_U,OBSERVED,def-turnover,paper"),
    ("GrowthNeedsBase", TABLE, 4, "A,2016,A,2015", "A,2016,,"),
    ("ShareNeedsWhole", TABLE, 5, "FLOW:T", ""),
    ("WholeWithoutShare", TABLE, 2, "A,2021,,,,EQ", "A,2021,,,FLOW:T,EQ"),
    ("ShareOutOfRange", TABLE, 5, '"62,2"', '"622"'),
    ("ObservationTwice", TABLE, 3, "GT,380,USD,6,_U,OBSERVED,def-turnover,press,text", "GT,380,USD,6,_U,OBSERVED,def-turnover,paper,L.257"),
    ("PageWithoutTitle", "pages/about.kk.md", 1, "# Жоба", "Жоба"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_case(tmp_path / "small")


def test_the_small_case_has_no_fault(folder):
    case, faults = read_case(folder)
    assert faults == []
    assert len(case.rows) == 5
    assert case.observations[4].value is None


@pytest.mark.parametrize(
    ("code", "file", "line", "find", "put"),
    PLANTED,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(PLANTED)],
)
def test_planted_fault_is_found_at_its_place(folder, code, file, line, find, put):
    path = folder / file
    text = path.read_text("utf-8")
    assert text.count(find) >= 1
    path.write_text(text.replace(find, put, 1), encoding="utf-8")
    _, faults = read_case(folder)
    assert (code, file, line) in {(fault.code, fault.file, fault.line) for fault in faults}
    for fault in faults:
        for language in LANGUAGES:
            assert "{" not in explain(fault, language)


def plant_not_utf8(folder):
    path = folder / "notes.yaml"
    path.write_bytes(path.read_bytes().replace("импорт".encode(), "импорт".encode("cp1251")))


def plant_too_deep(folder):
    (folder / "statements.yaml").write_text("[" * 40 + "]" * 40)


def plant_bad_csv(folder):
    path = folder / TABLE
    path.write_text(path.read_text("utf-8") + "x" * 200_000 + '"\n', encoding="utf-8")


WHOLE_FILE = [
    ("FileMissing", lambda folder: (folder / "datasets.yaml").unlink()),
    ("FileUnknown", lambda folder: (folder / "extra.txt").write_text("?")),
    ("NotUtf8", plant_not_utf8),
    ("NotJson", lambda folder: (folder / "map.json").write_text("{")),
    ("NotATopology", lambda folder: (folder / "map.json").write_text("{}")),
    ("YamlTooDeep", plant_too_deep),
    ("NotCsv", plant_bad_csv),
    ("PageMissing", lambda folder: (folder / "pages" / "about.en.md").unlink()),
    ("NoObservations", lambda folder: (folder / TABLE).unlink()),
    ("DatasetEmpty", lambda folder: (folder / TABLE).unlink()),
]


@pytest.mark.parametrize(("code", "plant"), WHOLE_FILE, ids=[row[0] for row in WHOLE_FILE])
def test_a_file_at_fault_is_named(folder, code, plant):
    plant(folder)
    _, faults = read_case(folder)
    assert code in {fault.code for fault in faults}


def test_thirty_different_faults_at_least():
    assert len({row[0] for row in PLANTED} | {row[0] for row in WHOLE_FILE}) >= 30


def test_a_folder_without_case_yaml_is_no_case(tmp_path):
    with pytest.raises(CaseNotFound):
        read_case(tmp_path)


def test_all_faults_are_listed_not_the_first_only(folder):
    path = folder / TABLE
    text = path.read_text("utf-8").replace('"402,1"', "много").replace("GT,380", "GT,мало")
    path.write_text(text, encoding="utf-8")
    _, faults = read_case(folder)
    assert [fault.line for fault in faults if fault.code == "NumberUnreadable"] == [2, 3]


def test_every_file_of_the_sample_has_a_planted_fault():
    assert {row[1] for row in PLANTED} >= set(FILES) - {"pages/about.ru.md", "pages/about.en.md"}
