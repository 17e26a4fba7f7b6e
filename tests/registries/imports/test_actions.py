"""From a file to a dataset, and every way in which it does not get there."""

from __future__ import annotations

import gzip
import os
import signal
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from irtysh.accounts.models import User
from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.imports import actions, processes, rules
from irtysh.registries.imports.models import DAYS_KEPT, Import, RememberedMapping, State, uploads
from irtysh.registries.imports.watching import look
from irtysh.registries.records.shelf import vintages
from irtysh.vocabulary.errors import IrtyshError
from tests.registries.imports.conftest import ABOUT, ANSWERS, fresh, person, table

pytestmark = pytest.mark.django_db


def taken(by: User, data: bytes, name: str = "trade.csv", publisher: str = "") -> Import:
    return actions.upload(name=name, chunks=[data], by=by, publisher=publisher)


def read(one: Import, by: User, dataset: str = "TRIAL", **answers: str) -> Import:
    settings = {**one.settings, **ANSWERS, **answers}
    one = actions.answer(one=one, layout="generic-flows", settings=settings, dataset=dataset, by=by)
    return ended(actions.start(one=one, by=by))


def ended(one: Import) -> Import:
    return actions.settle(one, 300)


def published(by: User, data: bytes, dataset: str = "TRIAL", publisher: str = "") -> Import:
    one = taken(by, data, publisher=publisher)
    one = actions.answer(one=one, layout="generic-flows",
                         settings={**one.settings, **ANSWERS}, dataset=dataset, by=by)  # fmt: skip
    one = ended(actions.start(one=one, by=by))
    return ended(actions.publish(one=one, about=ABOUT, by=by))


def test_a_file_becomes_a_dataset(analyst: User) -> None:
    one = taken(analyst, gzip.compress(table()), "trade.csv.gz")
    assert one.state == State.TO_ANSWER and one.layout == "generic-flows"
    one = read(one, analyst)
    assert one.state == State.CHECKED, one.fault
    sheet = one.checked
    assert sheet is not None
    assert (sheet.lines, sheet.kept, sheet.refusals) == (4, 4, 0)
    assert {(row["year"], row["flow"], row["value"]) for row in sheet.sums} == {
        ("2021", "X", "100.5"), ("2021", "M", "50"), ("2022", "X", "70.25"), ("2022", "M", None)
    }  # fmt: skip
    one = ended(actions.publish(one=one, about=ABOUT, by=analyst))
    assert one.state == State.PUBLISHED, one.fault
    vintage = vintages().current("TRIAL")
    assert vintage.id == one.vintage and vintage.about["licence"] == "CC0"
    found = {(r["flow"], r["period"], r["measure"]): r["value"] for r in vintage.dataset.stream()}
    assert found["X", "2021", "VALUE"] == 100.5
    assert found.get(("M", "2022", "VALUE")) is None  # missing is not zero


def test_refused_rows_are_named_with_line_and_column(analyst: User) -> None:
    one = read(taken(analyst, table(
        "2021,Kazakhstan,Narnia,Export,271019,1,1",
        "2021,Kazakhstan,China,Export,271019,=1+1,1",
        "2021,Kazakhstan,China,sideways,271019,3,1",
        "never,Kazakhstan,China,Export,271019,3,1",
        "2021,Kazakhstan,China,Export,271019,3",
        "2021,Kazakhstan,China,Export,271019,7,1",
        *["2021,Kazakhstan,Russian Federation,Import,010121,7,1",
          "2021,Kazakhstan,Belarus,Import,010121,7,1"],
        *[f"20{y},Kazakhstan,Belarus,Import,010121,7,1" for y in range(10, 21)],
    )), analyst)  # fmt: skip
    sheet = one.checked
    assert sheet is not None
    places = {(e["code"], e["line"], e["column"]) for e in sheet.examples}
    assert places == {
        ("UnknownCode", 2, "Partner"), ("CellIsFormula", 3, "Trade value"),
        ("CellIsNoFlow", 4, "Flow"), ("CellIsNoPeriod", 5, "Year"), ("WrongFieldCount", 6, ""),
    }  # fmt: skip
    lines = one.folder.refusals.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 5
    assert not any(line.split(",")[3].startswith("=") for line in lines)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "FileEmpty"),
        ("a.pdf", b"%PDF-1.7\n", "NotATable"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00garbage", "NotReadable"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 8_000_000, mtime=0), "GrowsTooMuch"),
        ("a.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n1\n", "TooLarge"),
        ("a.xml", b"<a>" * 5000 + b"</a>" * 5000, "NestedTooDeep"),
        ("a.json", b"[" * 5000 + b"]" * 5000, "NestedTooDeep"),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DoctypeRefused"),
    ],
    ids=["empty", "document", "broken", "bomb", "wide", "xml", "json", "entities"],
)  # fmt: skip
def test_a_file_refused_leaves_nothing(analyst: User, name: str, data: bytes, code: str) -> None:
    with pytest.raises(IrtyshError) as refused:
        taken(analyst, data, name)
    assert refused.value.code == code
    assert not Import.objects.exists()
    assert list(uploads().iterdir()) == []


def test_who_may_what(analyst: User, editor: User) -> None:
    with pytest.raises(NotAllowed):
        taken(editor, table())
    one = read(taken(analyst, table()), analyst)
    for deed in (
        lambda: actions.start(one=one, by=editor),
        lambda: actions.publish(one=one, about=ABOUT, by=editor),
        lambda: actions.publish(one=one, about=ABOUT, by=person("bota", "Analyst", "B")),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert fresh(one).state == State.CHECKED
    assert vintages().ids() == []


def test_nothing_is_read_before_the_questions_are_answered(analyst: User) -> None:
    one = taken(analyst, table())
    with pytest.raises(rules.QuestionsOpen) as refused:
        actions.answer(one=one, layout="generic-flows", settings=one.settings, dataset="TRIAL",
                       by=analyst)  # fmt: skip
    assert "unit" in refused.value.params["settings"]
    for dataset in ("trial", "1A", "A B", ""):
        with pytest.raises(rules.DatasetIdWrong):
            actions.answer(one=one, layout="generic-flows", settings={**one.settings, **ANSWERS},
                           dataset=dataset, by=analyst)  # fmt: skip


def test_nothing_is_published_without_three_languages_or_twice(analyst: User) -> None:
    one = read(taken(analyst, table()), analyst)
    with pytest.raises(rules.AboutIncomplete) as refused:
        actions.publish(one=one, about={**ABOUT, "title": {"ru": "Проба"}}, by=analyst)
    assert refused.value.params["fields"] == "title_kk, title_en"
    row = "2021,Kazakhstan,China,Export,271019,7,1"
    twice = read(
        taken(analyst, table(row, row, "2020,Kazakhstan,Russian Federation,Import,271019,7,1")),
        analyst,
    )
    assert twice.checked is not None and twice.checked.repeated == 1
    with pytest.raises(IrtyshError) as repeated:
        actions.publish(one=twice, about=ABOUT, by=analyst)
    assert repeated.value.code == "KeysRepeat"
    assert vintages().ids() == []


def test_the_next_file_of_a_publisher_is_read_like_the_last(analyst: User) -> None:
    published(analyst, table(), publisher="Bureau")
    more = table(
        "2023,Kazakhstan,China,Export,271019,9,1", "2023,Kazakhstan,Belarus,Import,271019,9,1"
    )
    one = taken(analyst, more, publisher="Bureau")
    assert one.layout == "generic-flows" and one.dataset == "TRIAL"
    assert {n: one.settings[n] for n in ANSWERS} == ANSWERS
    assert RememberedMapping.objects.count() == 1


def test_a_second_edition_says_what_differs(analyst: User) -> None:
    published(analyst, table())
    changed = table(
        "2021,Kazakhstan,Russian Federation,Export,271019,101.5,2000",
        "2021,Kazakhstan,Russian Federation,Import,271019,50,1000",
        "2023,Kazakhstan,China,Export,100199,70.25,",
    )
    one = taken(analyst, changed)
    one = read(one, analyst)
    assert one.checked is not None
    found = one.checked.differences
    assert (found["same"], found["changed"], found["added"], found["withdrawn"]) == (1, 1, 1, 2)


LONG = "\n".join(
    ["Year,Reporter,Partner,Flow,HS code,Trade value,Net weight"]
    + [f"{2000 + n % 24},Kazakhstan,{p},Export,{100000 + n:06d},{n},{n}"
       for n in range(130_000) for p in ("China", "Russian Federation")]
).encode()  # fmt: skip
"""260,000 rows: more than one part of the staging, and some seconds to read."""


def _pid_at(one: Import) -> int:
    """Return the process that works in the folder of an import."""
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                said = (path / "cmdline").read_bytes()
            except OSError:
                continue
            if str(one.key).encode() in said and b"import_job" in said:
                return int(path.name)
    raise AssertionError("no process")


def _begun(by: User, dataset: str = "LONG") -> Import:
    one = taken(by, LONG)
    one = actions.answer(one=one, layout="generic-flows", settings={**one.settings, **ANSWERS},
                         dataset=dataset, by=by)  # fmt: skip
    return actions.start(one=one, by=by)


@pytest.mark.parametrize("is_same_program", [True, False])
def test_a_killed_reading_goes_on_where_it_stopped_if_the_program_is_the_same(
    analyst: User, is_same_program: bool
) -> None:
    one = _begun(analyst)
    parts = one.folder.staging
    while not list(parts.glob("part-000000.parquet")):
        assert processes.is_alive(one.folder), one.folder.read("error")
        time.sleep(0.05)
    os.kill(_pid_at(one), signal.SIGKILL)
    processes.wait(one.folder, 20)
    one = look(one)
    assert one.state == State.STOPPED and one.fault["code"] == "ReadingStopped"
    assert vintages().ids() == []
    kept = (parts / "part-000000.parquet").stat().st_mtime_ns
    if not is_same_program:  # rows to be skipped are counted by the one that reads now
        one.folder.write("alike", ["another", []])
    one = ended(actions.resume(one=one, by=analyst))
    assert one.state == State.CHECKED, one.fault
    has_kept = (parts / "part-000000.parquet").stat().st_mtime_ns == kept
    assert has_kept is is_same_program
    assert one.checked is not None and one.checked.staged == 260_000
    assert sum(row["rows"] for row in one.checked.sums) == 260_000


def test_one_reading_at_a_time_for_a_dataset_and_a_person_can_stop_it(analyst: User) -> None:
    one = _begun(analyst)
    other = taken(analyst, table())
    settings = {**other.settings, **ANSWERS}
    other = actions.answer(
        one=other, layout="generic-flows", settings=settings, dataset="LONG", by=analyst
    )
    with pytest.raises(rules.DatasetBusy):
        actions.start(one=other, by=analyst)
    with pytest.raises(rules.ImportElsewhere):
        actions.throw_away(one=one, by=analyst)
    one = ended(actions.cancel(one=one, by=analyst))
    assert one.state == State.STOPPED and one.fault["code"] == "ImportCancelled"
    assert ended(actions.start(one=fresh(other), by=analyst)).state == State.CHECKED
    actions.throw_away(one=one, by=analyst)
    assert not one.folder.path.exists()
    assert fresh(one).state == State.THROWN_AWAY


def test_what_nobody_deals_with_is_swept(analyst: User) -> None:
    one, young = taken(analyst, table()), taken(analyst, table())
    long_ago = timezone.now() - timedelta(days=DAYS_KEPT + 1)
    Import.objects.filter(pk=one.pk).update(changed_at=long_ago)
    left = uploads() / "left-by-a-crash"
    left.mkdir()
    os.utime(left, (0, 0))
    assert actions.sweep(date.today()) == {"imports_swept": 2}
    assert not one.folder.path.exists() and not left.exists()
    assert young.folder.path.exists()
    assert fresh(one).state == State.THROWN_AWAY
    assert actions.sweep(date.today()) == {"imports_swept": 0}
