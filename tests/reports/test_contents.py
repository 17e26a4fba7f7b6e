"""What the report says: three languages, evidence behind every number, kept as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from irtysh.reports.blocks import Contents, Heading, Listing, Paragraph, Run, Table, runs_of
from irtysh.reports.chapters import CHAPTERS, ChapterUnknown
from irtysh.reports.contents import contents
from irtysh.reports.rendering import FormUnknown, form_of
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue, explain
from tests.reports.made import material, release, report

_ID = re.compile(
    r"[0-9a-f]{12}|r-[0-9a-f]{12}|E(10|\d)(\.[A-Za-z0-9._-]+)?|[a-z_]+/[A-Za-z0-9._-]+"
)
_KAZAKH = set("әғқңөұүһі")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_report(language: str) -> None:
    made, other = report(language), report("ru")
    assert [one.id for one in made.chapters] == list(CHAPTERS)
    shape = [[type(block) for block in one.blocks] for one in made.chapters]
    assert shape == [[type(block) for block in one.blocks] for one in other.chapters]
    assert {one.id for one in made.evidence} == {one.id for one in other.evidence}
    assert all(one.title for one in made.chapters)


def test_the_words_are_of_their_language() -> None:
    titles = {language: {one.title for one in report(language).chapters} for language in LANGUAGES}
    assert not titles["ru"] & titles["en"]
    kazakh = "".join(run.text for run in _all_runs(report("kk"))).lower()
    assert set(kazakh) >= _KAZAKH - {"һ"}


def test_templates_stand_in_every_language() -> None:
    for key, texts in catalogue("report").items():
        assert set(texts) == set(LANGUAGES), key
        assert not any(re.search(r"\d", text) for text in texts.values()), key


def test_every_number_carries_an_id_that_is_listed_and_addressed() -> None:
    made = report()
    known = made.entries
    numbers = [run for run in _all_runs(made) if run.number]
    assert numbers
    for run in numbers:
        assert run.evidence, run
    for run in _all_runs(made):
        if run.evidence:
            assert _ID.fullmatch(run.evidence), run.evidence
            assert known[run.evidence].address.startswith("https://portal.example/ru/evidence/")
    assert [one.number for one in made.evidence] == list(range(1, len(made.evidence) + 1))


def test_sentences_with_digits_have_evidence() -> None:
    made = report()
    texts = [run for chapter in made.chapters if chapter.id in ("summary", "measures", "indicators")
             for block in chapter.blocks if isinstance(block, Paragraph | Listing)
             for run in runs_of(block)]  # fmt: skip
    assert [run for run in texts if re.search(r"\d", run.text) and not run.evidence
            and "2023" not in run.text] == []  # fmt: skip


def test_figures_are_those_of_the_release() -> None:
    made = report()
    runs = [
        run for run in _all_runs(made) if re.fullmatch("[0-9a-f]{12}", run.evidence) and run.number
    ]
    assert runs
    for run in runs:
        stored = release().observation(run.evidence)
        assert stored is not None and stored.value is not None
        assert run.number == f"{stored.value:f}"
        assert format_number(stored.value, "ru") in run.text


def test_it_is_kept_as_json_and_says_the_same_again() -> None:
    made = report()
    kept = json.loads(json.dumps(made.to_json()))
    assert Contents.from_json(kept) == made
    assert Contents.from_json(kept).digest == made.digest
    assert contents(material()).digest == made.digest
    assert replace(made, title="x").digest != made.digest


def test_chapters_are_chosen_and_ordered() -> None:
    made = contents(material(), chapters=["risks", "summary", "risks"])
    assert [one.id for one in made.chapters] == ["risks", "summary"]
    assert not made.numbered
    with pytest.raises(ChapterUnknown) as refused:
        contents(material(), chapters=["sumary"])
    assert "summary" in explain(refused.value, "en")
    with pytest.raises(FormUnknown):
        form_of("odt")


def test_the_standing_is_said() -> None:
    made = report()
    assert made.draft == "ПРОЕКТ" and made.invented
    approved = contents(material(), approved="утверждён")
    assert approved.draft == "" and ("Состояние", "утверждён") in approved.facts


def test_headings_leave_no_level_out() -> None:
    for chapter in report().chapters:
        level = 1
        for block in chapter.blocks:
            if isinstance(block, Heading):
                assert block.level <= level + 1
                level = block.level


def test_own_paragraphs_stand_first_in_their_chapter() -> None:
    figure = next(iter(material().edition.document("charts")[0]["evidence"]))
    made = contents(material(), chapters=["summary"],
                    own={"summary": f"Оборот – {{figure:{figure}}}.\n\nВторой абзац."})  # fmt: skip
    first, second, *_rest = made.chapters[0].blocks
    assert isinstance(first, Paragraph) and first.style == "own"
    assert first.runs[1].evidence == figure and first.runs[1].number
    assert second == Paragraph((Run("Второй абзац."),), "own")
    assert figure in made.entries


def test_tables_hold_a_cell_for_each_column() -> None:
    for chapter in report().chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                assert block.rows and block.caption
                assert {len(row) for row in block.rows} == {len(block.columns)}


def _all_runs(made: Contents) -> list[Run]:
    return [run for one in made.chapters for block in one.blocks for run in runs_of(block)]
