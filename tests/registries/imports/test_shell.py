"""The same import on the shell, and with a case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from irtysh.publication.case_imports import case_imports, publish_case_imports, read_about
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import CASES, ROOT
from tests.api.shelf import publish
from tests.registries.imports.conftest import ANSWERS, table

ABOUT = [
    f"--{name}-{language}=Trial"
    for name in ("title", "description", "publisher")
    for language in ("ru", "kk", "en")
]


def sets(**more: str) -> list[str]:
    return [f"--set={name}={value}" for name, value in {**ANSWERS, **more}.items()]


def test_check_and_publish(tmp_path: Path, irtysh, monkeypatch) -> None:
    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path / "data"))
    file = tmp_path / "trade.csv"
    file.write_bytes(table())
    code, _out, said = irtysh("import", file, "--layout=generic-flows", "--lang=en")
    assert code == 3 and "--set unit=USD|EUR" in said
    words = ("import", file, "--layout=generic-flows", *sets(), "--dataset=TRIAL", "--json")
    code, out, said = irtysh(*words)
    assert code == 0, said
    sheet = json.loads(out)["sheet"]
    assert (sheet["lines"], sheet["kept"]) == (4, 4)
    datasets = Vintages(tmp_path / "data" / "datasets")
    assert datasets.ids() == []
    code, _out, said = irtysh(*words, "--publish")
    assert code == 3 and datasets.ids() == []
    code, out, said = irtysh(*words, "--publish", *ABOUT, "--licence=CC0")
    assert code == 0, said
    assert datasets.current("TRIAL").id == json.loads(out)["vintage"]
    assert list((tmp_path / "data" / "imports").iterdir()) == []


def test_rows_refused_end_with_one(tmp_path: Path, irtysh, monkeypatch) -> None:
    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path / "data"))
    file = tmp_path / "trade.csv"
    file.write_bytes(table("2021,Kazakhstan,China,sideways,271019,1,1",
                           "2021,Kazakhstan,China,Export,271019,1,1"))  # fmt: skip
    code, out, _said = irtysh("import", file, "--layout=generic-flows", *sets(), "--lang=en")
    assert code == 1
    assert "trade.csv:2 [Flow]" in out


@pytest.mark.parametrize("case", ["sandbox", "omsk-kazakhstan"])
def test_our_own_cases_bring_faultless_records(case: str) -> None:
    found, faults = case_imports(CASES / case)
    assert faults == [] and found


def _case(folder: Path, **changes: object) -> Path:
    record = yaml.safe_load(
        (CASES / "omsk-kazakhstan/imports/oecd-icio-2022-rus-kaz.yaml").read_text("utf-8")
    )
    record = {name: value for name, value in {**record, **changes}.items() if value is not None}
    place = folder / "imports"
    place.mkdir(parents=True)
    (place / "one.yaml").write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
    (place / "oecd-icio-2022-rus-kaz.csv").write_text(
        "exporter,sector,importer,value_musd\nRUS,A01,KAZ,2.5\nKAZ,A01,RUS,1\n", "utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"file": "none.csv"}, "ImportFileMissing"),
        ({"file": "../one.yaml"}, "ImportFileMissing"),
        ({"layout": "no-such"}, "UnknownCode"),
        ({"dataset": "lower"}, "DatasetIdWrong"),
        ({"title": {"ru": "А", "en": "A"}}, "TextMissing"),
        ({"licence": None}, "FieldMissing"),
        ({"licens": "x"}, "UnknownField"),
    ],
)
def test_planted_faults_are_named_by_file_and_line(
    tmp_path: Path, changes: dict[str, object], code: str
) -> None:
    found, faults = case_imports(_case(tmp_path, **changes))
    assert found == []
    assert [(fault.code, fault.file) for fault in faults] == [(code, "imports/one.yaml")]
    assert faults[0].line >= 1


def test_a_case_publishes_what_is_new_and_refuses_what_is_not_whole(tmp_path: Path) -> None:
    datasets = tmp_path / "datasets"

    def loaded(folder: Path) -> list[bool]:
        found, faults = case_imports(folder)
        assert faults == []
        return [new for _, _, new in publish_case_imports(found, datasets, tmp_path / "none")]

    one = _case(tmp_path / "a")
    assert (loaded(one), loaded(one)) == ([True], [False])
    assert Vintages(datasets).current("ICIO_INTERMEDIATE").dataset.count() == 2
    two = _case(tmp_path / "b")
    with (two / "imports/oecd-icio-2022-rus-kaz.csv").open("a") as stream:
        stream.write("RUS,A02,NARNIA,1\n")
    with pytest.raises(IrtyshError, match="CaseImportRefused"):
        loaded(two)
    assert Vintages(datasets).current("ICIO_INTERMEDIATE").dataset.count() == 2


@pytest.mark.parametrize(
    ("dataset", "said_of_it"), [("../OUTSIDE", "cannot be the id"), ("TRADE_PARTNER", "has")]
)
def test_an_id_that_may_not_be_is_refused(
    tmp_path: Path, irtysh, monkeypatch, dataset: str, said_of_it: str
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("IRTYSH_DATA", str(data))
    publish(data)  # a case with the dataset TRADE_PARTNER
    file = tmp_path / "trade.csv"
    file.write_bytes(table())
    before = Vintages(data / "datasets").ids()
    imported = ("import", file, "--layout=generic-flows", *sets(), "--publish", *ABOUT,
                "--licence=CC0")  # fmt: skip
    aggregated = ("aggregate", tmp_path, "--unit=USD", f"--about={file}")
    for words in (imported, aggregated):
        code, _out, said = irtysh(*words, f"--dataset={dataset}", "--lang=en")
        assert code == 3 and said_of_it in said and dataset in said
    assert Vintages(data / "datasets").ids() == before
    assert not (tmp_path / "OUTSIDE").exists()


def test_declarations_need_a_description_that_says_everything(
    tmp_path: Path, irtysh, monkeypatch
) -> None:
    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path / "data"))
    told = (ROOT / "docs/how-to/past-one-machine.md").read_text("utf-8")
    about = tmp_path / "about.yaml"
    about.write_text(told.split("```yaml\n")[1].split("```")[0], "utf-8")
    said, faults = read_about(about)
    assert faults == [] and said["title"]["kk"] == "Декларациялар"
    about.write_text(about.read_text("utf-8").replace(", en: Declarations}", "}"), "utf-8")
    words = ("aggregate", tmp_path, "--unit=USD", "--dataset=DECLARED", "--lang=en")
    for description in (about, tmp_path / "none.yaml"):
        code, out, _said = irtysh(*words, f"--about={description}")
        assert code == 1 and description.name in out
