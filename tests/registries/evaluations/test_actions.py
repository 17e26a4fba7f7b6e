"""Evaluations: kept once, made again byte by byte, never changed; sheets signed once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.evaluations import rules
from irtysh.registries.evaluations.actions import (
    daily,
    evaluate_again,
    evaluate_now,
    held_on,
    sign_rating,
)
from irtysh.registries.evaluations.models import Evaluation, SheetRating
from irtysh.vocabulary.errors import UnknownCode
from tests.registries.evaluations.made import folder_of_a_case, publish, shown
from tests.registries.programmes.made import measure, person, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case, and beside it the releases."""
    return folder_of_a_case(tmp_path_factory.mktemp("case") / "small")


@pytest.fixture
def shelf(small: Path, tmp_path_factory: pytest.TempPathFactory):
    """The portal showing the small case."""
    folder = small.parent / "releases"
    with shown(folder):
        publish(small, folder)
        yield folder


def _now(**more) -> Evaluation:
    return evaluate_now(**{"by": None, "reason": rules.SHELL, **more})


def test_the_same_content_is_evaluated_once(shelf) -> None:
    first = _now()
    assert (first.number, first.day) == (1, timezone.localdate())
    assert _now().pk == first.pk
    assert ModelLogEntry.objects.filter(action="evaluations.make").count() == 1
    measure("m1", of="plan")
    second = _now()
    assert second.number == 2
    assert second.inputs.before == first.outcome.to_json()
    assert _now().pk == second.pk


def test_the_days_work_keeps_only_what_is_new(shelf) -> None:
    today = timezone.localdate()
    assert daily(today)["evaluations_made"] == 1
    assert daily(today)["evaluations_made"] == 0
    # On a later day nothing but the day is another, and every verdict is the same.
    assert daily(today)["evaluations_made"] == 0
    measure("m1", of="plan")
    assert daily(today)["evaluations_made"] == 1


def test_made_again_every_byte_is_the_same(shelf) -> None:
    first = _now()
    measure("m1", of="plan")  # what came later changes nothing of what was kept
    found = evaluate_again(first.number)
    assert found.is_same and found.where == ""
    with pytest.raises(rules.EvaluationNotFound):
        evaluate_again(99)


def test_what_does_not_repeat_is_named(shelf) -> None:
    first = _now()
    wrong = first.outcome.to_json()
    wrong["steps"][0]["status"] = "no_data"
    kept = Evaluation(
        number=2, day=first.day, release=first.release, engine=first.engine,
        inputs_digest="x" * 64, content_digest="y" * 64, inputs_kept=first.inputs_kept,
        outcome_kept=rules.packed(wrong), outcome_digest="z" * 64, steps={},
        words_kept=rules.packed({}), reason=rules.SHELL,
    )  # fmt: skip
    kept.save()
    found = evaluate_again(2)
    assert not found.is_same
    assert (found.where, found.before) == ("steps[0].status", "no_data")


def test_nothing_kept_is_changed_or_deleted(shelf) -> None:
    first = _now()
    for attempt in (
        first.save,
        first.delete,
        lambda: Evaluation.objects.update(day=date(2020, 1, 1)),
        lambda: Evaluation.objects.all().delete(),
    ):
        with pytest.raises(rules.EvaluationFrozen):
            attempt()


def test_a_past_day_reads_what_was_kept_or_reconstructs_it(shelf) -> None:
    today = timezone.localdate()
    before = held_on(today - timedelta(days=400))
    assert before.is_reconstructed and before.outcome.day == today - timedelta(days=400)
    assert not Evaluation.objects.exists()
    first = _now()
    assert held_on(today).evaluation == first
    with pytest.raises(rules.DayNotCome):
        held_on(today + timedelta(days=1))
    with pytest.raises(rules.DayNotCome):
        _now(day=today + timedelta(days=1))
    with pytest.raises(rules.EvaluatedLater):
        _now(day=today - timedelta(days=1))


def test_what_was_reported_later_is_not_known_yet(shelf) -> None:
    one = measure("m1", of="plan", start="2026-01-01", end="2026-12-31")
    reported(one, 50, on=date(2026, 7, 5))
    known = held_on(date(2026, 7, 6)).inputs.reports
    assert [(row["share"], row["state"]) for row in known] == [("0.50", "confirmed")]
    assert held_on(date(2026, 7, 4)).inputs.reports == []


def test_an_analyst_evaluates_and_nobody_else(shelf) -> None:
    analyst = person("ann", "A", "Analyst")
    assert evaluate_now(by=analyst, reason=rules.OFFICE).made_by == analyst
    with pytest.raises(NotAllowed):
        evaluate_now(by=person("kim", "A"), reason=rules.OFFICE)


# The sheet


def _signed(evaluation: Evaluation, by, **more) -> SheetRating:
    words = {"criterion": "relevance", "rating": 3, "text": "Цели покрыты мерами."}
    return sign_rating(**{"evaluation": evaluation, "by": by, **words, **more})


def test_a_criterion_is_signed_once_by_a_named_person(shelf) -> None:
    first, analyst = _now(), person("ann", "B", "Analyst")
    analyst.first_name, analyst.last_name = "Анна", "Ким"
    rating = _signed(first, analyst)
    assert (rating.signed_name, rating.side, rating.rating) == ("Анна Ким", "B", 3)
    with pytest.raises(rules.CriterionSigned):
        _signed(first, analyst)
    for attempt in (rating.save, rating.delete):
        with pytest.raises(rules.EvaluationFrozen):
            attempt()


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"rating": 5}, rules.RatingNotARating),
        ({"rating": "хорошо"}, rules.RatingNotARating),
        ({"text": "  "}, rules.RatingSaysNothing),
        ({"criterion": "beauty"}, UnknownCode),
    ],
)
def test_a_rating_that_says_nothing_is_refused(shelf, words, refusal) -> None:
    with pytest.raises(refusal):
        _signed(_now(), person("ann", "A", "Analyst"), **words)


def test_only_the_newest_sheet_is_signed_and_only_by_who_may(shelf) -> None:
    first = _now()
    with pytest.raises(NotAllowed):
        _signed(first, person("kim", "A"))
    measure("m1", of="plan")
    second = _now()
    analyst = person("ann", "A", "Analyst")
    with pytest.raises(rules.NotTheNewest):
        _signed(first, analyst)
    _signed(second, analyst)
    # What was signed goes into the next evaluation, which has a sheet of its own.
    third = _now()
    assert [row["criterion"] for row in third.inputs.sheets] == ["relevance"]
    assert third.ratings.count() == 0
    _signed(third, analyst, rating=2)
    assert [row["rating"] for row in held_on(third.day).inputs.sheets] == [3]
