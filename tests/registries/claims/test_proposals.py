"""From a document to claims: what is read, what a person makes of it, what is forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from irtysh.accounts.permissions import NotAllowed
from irtysh.accounts.roles import EDITOR
from irtysh.evaluation.expressions import ExpressionFault
from irtysh.registries.claims import proposal_actions as actions
from irtysh.registries.claims.actions import judge_current
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.proposals import DAYS_KEPT, Extraction, Proposal
from irtysh.registries.claims.queues import queues
from irtysh.registries.claims.screens import pieces
from irtysh.registries.records.actions import DraftInTheWay
from irtysh.registries.records.models import ListingFacet
from tests.registries.claims import made

pytestmark = pytest.mark.django_db

SENTENCE = "В 2021 году товарооборот превысил 402 млн долларов."
TEXT = f"{SENTENCE} Погода была хорошей.\n\nВ 2020 году экспорт составил 250,4 млн долларов.\n"
LIST = "/admin/claims/documents/"


@pytest.fixture
def read(shelf: Path) -> Extraction:
    made.release(shelf)
    data = TEXT.encode()
    return actions.read_document(file="a.txt", data=data, source="report", by=made.person())


def test_a_reading_marks_the_numbers_in_the_text(read: Extraction) -> None:
    one, other = read.proposals.all()
    assert "402" in read.text[one.start : one.end] and "250,4" in read.text[other.start : other.end]
    assert one.quote == SENTENCE and one.fields["value"] == "402" and read.language == "ru"
    shown = list(pieces(read.text, [one, other]))
    assert "".join(text for text, _proposal in shown) == read.text
    assert [proposal for _text, proposal in shown if proposal] == [one, other]
    assert Extraction._meta.get_field("text").unique is False and not hasattr(read, "content")


def test_overlaps_are_shown_once() -> None:
    spans = [Proposal(pk=1, start=2, end=6), Proposal(pk=2, start=4, end=8),
             Proposal(pk=3, start=9, end=99)]  # fmt: skip
    shown = list(pieces("0123456789", spans))
    assert [(text, one.pk if one else 0) for text, one in shown] == [
        ("01", 0), ("2345", 1), ("6789", 0),
    ]  # fmt: skip


def test_only_those_who_triage_read_accept_bind_and_reject(read: Extraction) -> None:
    editor = made.person(EDITOR)
    one = read.proposals.first()
    for forbidden in (
        lambda: actions.read_document(file="b.txt", data=b"1", source="", by=editor),
        lambda: actions.accept(proposal=one, document=made.document(), by=editor),
        lambda: actions.reject(proposal=one, reason="", by=editor),
        lambda: actions.bind(claim=made.claim("x"), expression="1", readings={}, by=editor),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    client = made.office_of(editor)
    for path in (LIST, f"{LIST}{read.pk}/", f"/admin/claims/proposals/{one.pk}/",
                 "/admin/registers/claims/check/x/"):  # fmt: skip
        assert client.get(path).status_code == 403, path


def test_the_paraphrase_is_the_persons_own(read: Extraction) -> None:
    analyst, one = read.by, read.proposals.first()
    refusals = {
        actions.ParaphraseMissing: {"text": {"ru": " "}},
        actions.ParaphraseIsQuote: {"text": {"ru": SENTENCE.upper()}},
    }
    for error, more in refusals.items():
        with pytest.raises(error):
            actions.accept(proposal=one, document=made.document(**more), by=analyst)
    made.claim("taken")
    with pytest.raises(actions.ClaimIdTaken):
        actions.accept(proposal=one, document=made.document("taken"), by=analyst)
    claim = actions.accept(proposal=one, document=made.document(), by=analyst)
    assert not claim.live and claim.latest_revision.as_object().bindings.count() == 1
    one.refresh_from_db()
    assert (one.state, one.claim, one.decided_by) == ("accepted", "over-402", analyst)
    with pytest.raises(actions.ProposalDecided):
        actions.reject(proposal=one, reason="late", by=analyst)
    assert SENTENCE not in str(claim.latest_revision.content)


def test_words_of_the_document_are_forgotten(read: Extraction) -> None:
    assert actions.forget_old_texts() == 0
    old = timezone.now() - timedelta(days=DAYS_KEPT, minutes=1)
    Extraction.objects.update(at=old)
    assert actions.forget_old_texts() == 1 and actions.forget_old_texts() == 0
    read.refresh_from_db()
    assert read.text == "" and not read.proposals.exclude(quote="").exists()
    client = made.office_of(read.by)
    assert "deleted" in client.get(f"{LIST}{read.pk}/").content.decode()


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_whole_way_on_the_screens(
    shelf: Path, language: str, django_capture_on_commit_callbacks
) -> None:
    made.release(shelf)
    analyst = made.person(language=language)
    client = made.office_of(analyst)
    file = SimpleUploadedFile("a.txt", TEXT.encode())
    with translation.override(language):
        sent = client.post(LIST, {"file": file, "source": "report"})
    one = Proposal.objects.order_by("start")[0]
    assert (sent.status_code, sent.url) == (302, f"{LIST}{one.extraction_id}/")
    page = client.get(sent.url).content.decode()
    assert f'id="words-{one.pk}"' in page and SENTENCE.split(" превысил")[0] in page
    assert {queue.name: queue.count for queue in queues(analyst)}["proposals"] == 2
    own = f"/admin/claims/proposals/{one.pk}/"
    opened = client.get(own).content.decode()
    assert SENTENCE in opened and 'value="402"' in opened and 'value="report-1"' in opened
    said = {"code": "report-1", "source": "report", "kind": "level", "operator": "eq",
            "value": "402", "hedge": "over", "unit": "USD", "unit_mult": "6", "areas": ["KZ"],
            f"text_{language}": "In my own words", "expression": "turnover[2021]"}  # fmt: skip
    tried = client.post(own, {**said, "check": "1"}).content.decode()
    assert "402" in tried and "In my own words" in tried and not Claim.objects.exists()
    faulty = client.post(own, {**said, "expression": "turnover[2021", "accept": "1"})
    assert faulty.status_code == 200 and not Claim.objects.exists()
    done = client.post(own, {**said, "accept": "1"})
    claim = Claim.objects.get()
    assert done.status_code == 302 and f"/{claim.pk}/" in done.url
    again = client.post(own, {**said, "code": "report-2", "accept": "1"})
    assert again.status_code == 200 and Claim.objects.count() == 1
    second = Proposal.objects.order_by("start")[1]
    path = f"/admin/claims/proposals/{second.pk}/"
    assert client.post(path, {"reject": "1", "reject-reason": ""}).status_code == 200
    gone = client.post(path, {"reject": "1", "reject-reason": "A plan"})
    assert (gone.status_code, gone.url) == (302, f"{LIST}{second.extraction_id}/")
    shown = client.get(f"{gone.url}?state=rejected").content.decode()
    assert "A plan" in shown
    public = Client().get(f"/{language}/claims/").content.decode()
    assert SENTENCE not in public


@pytest.mark.parametrize("name", ["a.exe", "a.pdf", "a.txt"])
def test_what_cannot_be_read_is_said_at_the_field(shelf: Path, name: str) -> None:
    made.release(shelf)
    client = made.office_of(made.person())
    data = b"" if name == "a.txt" else b"MZ\x90"
    sent = client.post(LIST, {"file": SimpleUploadedFile(name, data)})
    assert sent.status_code == 200 and not Extraction.objects.exists()
    assert "error" in sent.content.decode()


def test_an_expression_is_checked_and_bound(
    shelf: Path, django_capture_on_commit_callbacks
) -> None:
    made.release(shelf)
    client = made.office_of(made.person())
    made.claim(bindings=[], unbound={"en": "Nobody knows how"})
    path = "/admin/registers/claims/check/over-402/"
    tried = client.post(path, {"expression": "turnovr[2021]", "check": "1"}).content.decode()
    assert "<mark>turnovr</mark>" in tried and "column 1" in tried
    tried = client.post(path, {"expression": "turnover[2021]", "check": "1"}).content.decode()
    assert "402.1" in tried
    assert client.post(path, {"expression": "turnover[", "save": "1"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(path, {"expression": "turnover[2021]", "reading_kk": "Айналым",
                                  "save": "1"})  # fmt: skip
    assert done.status_code == 302
    claim = Claim.objects.get()
    row = claim.bindings.get()
    assert (row.expression, row.reading_kk, claim.unbound_en) == ("turnover[2021]", "Айналым", "")
    facet = ListingFacet.objects.get(facet="verdict")
    assert facet.value == "VERIFIED"
    made.release(shelf, "390", 1)
    judge_current()
    shown = client.get(path).content.decode()
    assert "has changed" in shown
    assert client.post(path, {"notice": "1"}).status_code == 302
    assert "has changed" not in client.get(path).content.decode()


def test_binding_refuses_drafts_and_faults(shelf: Path) -> None:
    analyst, claim = made.person(), made.claim()
    with pytest.raises(ExpressionFault):
        actions.bind(claim=claim, expression="turnover[", readings={}, by=analyst)
    Claim.objects.update(has_unpublished_changes=True)
    with pytest.raises(DraftInTheWay):
        actions.bind(claim=claim, expression="turnover[2021]", readings={}, by=analyst)


@pytest.mark.parametrize(("language", "words"), [("ru", "знак 10"), ("kk", "10-таңба"),
                                                 ("en", "column 10")])  # fmt: skip
def test_the_form_names_the_token_of_a_binding(shelf: Path, language: str, words: str) -> None:
    made.release(shelf)
    claim = made.claim(bindings=[{"expression": "turnover[soon]"}])
    faults = [one for one in claim.faults() if one.column == "bindings.expression"]
    assert [(one.code, one.line) for one in faults] == [("ExpressionFault", 1)]
    client = made.office_of(made.person(language=language))
    path = f"/admin/registers/claims/edit/{claim.pk}/"
    page = client.get(path)
    form = page.context["form"]
    data = {name: "" if form.initial.get(name) is None else form.initial[name]
            for name in form.fields if name != "code"}  # fmt: skip
    for name, formset in form.formsets.items():
        data |= {f"{name}-TOTAL_FORMS": len(formset.forms), f"{name}-MIN_NUM_FORMS": 0,
                 f"{name}-INITIAL_FORMS": formset.initial_form_count(),
                 f"{name}-MAX_NUM_FORMS": 1000}  # fmt: skip
        for row in formset.forms:
            data |= {row.add_prefix(field): "" if row.initial.get(field) is None
                     else row.initial[field] for field in row.fields}  # fmt: skip
    moment = page.context["view"].latest_revision_created_at
    data |= {"loaded_revision_id": claim.latest_revision.pk, "action-publish": "1",
             "loaded_revision_created_at": moment}  # fmt: skip
    sent = client.post(path, data).content.decode()
    assert words in sent and "soon" in sent
