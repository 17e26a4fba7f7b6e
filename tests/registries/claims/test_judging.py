"""Verdicts are kept for ever, follow every release and every wording, and show in the lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from irtysh.registries.claims import actions
from irtysh.registries.claims.judged import Judged, Noticed, resting_on, since
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.queues import queues
from irtysh.registries.records.actions import write
from irtysh.registries.records.models import Listing, ListingFacet
from tests.registries.claims import made

pytestmark = pytest.mark.django_db


def listed(code: str = "over-402") -> list[str]:
    found = ListingFacet.objects.filter(register="claims", facet="verdict", listing__code=code)
    return list(found.values_list("value", flat=True))


def test_a_release_judges_every_published_claim_once(shelf: Path) -> None:
    release = made.release(shelf)
    made.claim()
    made.claim("under-402", operator="lt", hedge="under")
    Claim.objects.filter(code="under-402").update(live=False)
    first = actions.judge_claims(release)
    assert (first.judged, first.written, first.changed) == (1, 1, 1)
    again = actions.judge_claims(release)
    assert (again.judged, again.written, again.changed) == (1, 0, 0)
    row = Judged.objects.get()
    assert (row.claim, row.release, row.verdict) == ("over-402", release.id, "VERIFIED")
    assert listed() == ["VERIFIED"]
    figure = release.observations(period="2021")[0].id
    assert resting_on([figure], release.id) == ["over-402"] and resting_on(["0" * 12], "x") == []


def test_a_changed_figure_flips_the_verdict_and_the_past_stays(shelf: Path) -> None:
    made.claim()
    releases = [made.release(shelf, value, day) for day, value in enumerate(
        ("390", "402.1", "402.2", "399")
    )]  # fmt: skip
    for release in releases:
        actions.judge_claims(release)
    history = list(Judged.objects.history("over-402"))
    assert [row.verdict for row in history] == [
        "CONTRADICTED", "VERIFIED", "VERIFIED", "CONTRADICTED",
    ]  # fmt: skip
    began = since(history)
    assert began is not None and began.release == releases[3].id
    assert since(history[1:]) == history[2] and since([]) is None
    past = Judged.objects.standing().get(release=releases[1].id)
    result = past.result
    actions.judge_claims(releases[1])
    assert Judged.objects.standing().get(release=releases[1].id).result == result
    assert listed() == ["CONTRADICTED"], "the current release decides what lists show"


def test_another_wording_is_another_row_and_the_old_one_can_stand_again(shelf: Path) -> None:
    release = made.release(shelf)
    made.claim()
    actions.judge_claims(release)
    made.claim(value="500")
    actions.judge_claims(release)
    assert [row.verdict for row in Judged.objects.standing()] == ["CONTRADICTED"]
    made.claim()
    found = actions.judge_claims(release)
    assert (found.written, found.changed) == (1, 1)
    assert Judged.objects.count() == 2 and Judged.objects.standing().get().verdict == "VERIFIED"
    assert listed() == ["VERIFIED"]


def test_a_row_is_never_rewritten(shelf: Path) -> None:
    made.claim()
    actions.judge_claims(made.release(shelf))
    row = Judged.objects.get()
    row.verdict = "CONTRADICTED"
    with pytest.raises(TypeError):
        row.save()
    values = {name: getattr(row, name) for name in
              ("claim", "release", "released_at", "engine", "digest", "context")}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Judged.objects.create(**values, verdict="VERIFIED", result={}, is_standing=False)
    other = {**values, "digest": "other"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Judged.objects.create(**other, verdict="VERIFIED", result={})


def test_saving_judges(shelf: Path, django_capture_on_commit_callbacks) -> None:
    made.release(shelf)
    with django_capture_on_commit_callbacks(execute=True):
        made.claim()
    assert Judged.objects.get().verdict == "VERIFIED"
    with django_capture_on_commit_callbacks(execute=True):
        made.claim()
    assert Judged.objects.count() == 1


def test_nothing_is_judged_before_a_release(shelf: Path) -> None:
    made.claim()
    actions.judge_saved("over-402")
    assert actions.judge_current().judged == 0
    assert not Judged.objects.exists() and listed() == []


def test_the_day_judges_what_is_left(shelf: Path) -> None:
    made.claim()
    made.release(shelf)
    today = made.NOON.date()
    assert actions.daily(today) == {"claims_changed": 1}
    assert actions.daily(today) == {"claims_changed": 0}


def test_a_changed_verdict_waits_until_somebody_notes_it(shelf: Path) -> None:
    analyst = made.person()
    made.claim()
    made.claim("no-binding", bindings=[])
    actions.judge_claims(made.release(shelf))
    waiting = {one.name: one for one in queues(analyst)}
    assert waiting["verdicts_changed"].count == 0 and waiting["claims_unbound"].count == 1
    release = made.release(shelf, "390", 1)
    actions.judge_claims(release)
    changed = {one.name: one for one in queues(analyst)}["verdicts_changed"]
    assert changed.count == 1 and "→" in changed.rows[0].note
    row = Judged.objects.changed(release.id).get()
    assert row.before == "VERIFIED"
    actions.notice(judged=row, by=analyst)
    assert Noticed.objects.get().by == analyst
    assert {one.name: one.count for one in queues(analyst)}["verdicts_changed"] == 0


def test_a_claim_without_its_words_says_what_its_document_prints(shelf: Path) -> None:
    write(register="claims", document=made.document(text={"kk": "Айналым"}), by=None)
    actions.judge_claims(made.release(shelf))
    listing = Listing.objects.get(register="claims")
    assert listing.title("en") == "Айналым"
