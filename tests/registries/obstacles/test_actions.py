"""From a question to a solved obstacle: who may, what is written down, what is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from irtysh.accounts.permissions import NotAllowed
from irtysh.accounts.roles import COORDINATOR, EDITOR
from irtysh.registries.obstacles import actions, obstacle_actions, queues, rules
from irtysh.registries.obstacles.models import (
    Obstacle,
    Question,
    QuestionContact,
    QuestionStep,
    StepKind,
)
from irtysh.registries.records.actions import DraftInTheWay
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import Listing
from tests.registries.obstacles import made

pytestmark = pytest.mark.django_db


def _registered(by, question=None) -> Obstacle:
    return actions.register_obstacle(
        question=question or made.question(),
        texts={"name_kk": "Көпір түнде жабық", "summary_kk": "Түнде өтуге болмайды."},
        kind="restriction",
        by=by,
    )


def test_asking_tells_the_asker_in_their_language_and_the_moderators_of_that_side(letters) -> None:
    made.moderator("A"), made.moderator("B")
    sent = letters(lambda: made.question(language="kk"))
    assert {one.to[0] for one in sent} == {"asker@example.org", "moderator-a@example.org"}
    asker = next(one for one in sent if one.to == ["asker@example.org"])
    assert asker.extra_headers["Content-Language"] == "kk"
    assert Question.objects.get().token in asker.body
    assert "bridge" not in "".join(one.body + one.subject for one in sent)


def test_without_an_address_nothing_personal_is_kept() -> None:
    made.question(email="", name="Aigul")
    assert not QuestionContact.objects.exists()


def test_an_empty_question_is_refused() -> None:
    with pytest.raises(rules.WordsMissing):
        made.question(text="  \n")


def test_answer_is_dated_logged_and_sent(letters) -> None:
    person, one = made.moderator("A"), made.question()
    before = stamp()
    sent = letters(lambda: actions.answer_question(question=one, text="At six.", by=person))
    one.refresh_from_db()
    assert (one.status, one.replied_on) == (rules.ANSWERED, timezone.localdate())
    step = one.steps.get(kind=StepKind.ANSWER)
    assert (step.by, step.before, step.after) == (person, "new", "answered")
    assert [letter.to for letter in sent] == [["asker@example.org"]] and "At six." in sent[0].body
    entry = ModelLogEntry.objects.get(action="irtysh.question.answer")
    assert entry.user == person and "At six" not in str(entry.data) + entry.label
    assert stamp() > before, "the public counts would be kept by caches"


@pytest.mark.parametrize("role", [EDITOR])
def test_only_who_may_answer_answers(role) -> None:
    one, other = made.question(), made.moderator("B")
    editor = made.moderator("A", role=role)
    for person in (editor, other):
        with pytest.raises(NotAllowed):
            actions.answer_question(question=one, text="No.", by=person)
    coordinator = made.moderator("A", role=COORDINATOR)
    actions.answer_question(question=one, text="Yes.", by=coordinator)
    with pytest.raises(NotAllowed):
        actions.close_question(question=one, reason="Done.", by=coordinator)


def test_forwarding_hands_it_over_and_keeps_the_clock(letters) -> None:
    ours, theirs = made.moderator("A"), made.moderator("B")
    one = made.question()
    sent = letters(
        lambda: actions.forward_question(question=one, to_side="B", reason="Theirs.", by=ours)
    )
    one.refresh_from_db()
    assert (one.side, one.status, one.replied_on) == ("B", rules.NEW, None)
    assert [letter.to for letter in sent] == [["moderator-b@example.org"]]
    assert one not in queues.questions_to_sort(ours) and one in queues.questions_to_sort(theirs)
    with pytest.raises(NotAllowed):
        actions.answer_question(question=one, text="Ours?", by=ours)
    with pytest.raises(rules.SameSide):
        actions.forward_question(question=one, to_side="B", reason="Again.", by=theirs)


def test_a_question_of_no_side_is_everybodys_until_taken() -> None:
    ours, theirs = made.moderator("A"), made.moderator("B")
    one = made.question(side="")
    assert one in queues.questions_to_sort(ours) and one in queues.questions_to_sort(theirs)


def test_registering_makes_a_public_record_without_the_askers_words() -> None:
    person, one = made.moderator("A"), made.question(text="I am Aigul Private, it is shut.")
    obstacle = _registered(person, one)
    one.refresh_from_db()
    assert (one.status, one.obstacle) == (rules.AS_OBSTACLE, obstacle)
    assert (obstacle.status, obstacle.side) == (rules.REGISTERED, "A")
    assert obstacle.registered_on == timezone.localdate().isoformat()
    listed = Listing.objects.get(register="obstacles", code=obstacle.code)
    assert "private" not in (listed.words_kk + listed.words_en + listed.title_kk).casefold()
    with pytest.raises(rules.StepOutOfTurn):
        _registered(person, one)


def test_an_obstacle_needs_a_name() -> None:
    with pytest.raises(rules.WordsMissing):
        actions.register_obstacle(
            question=made.question(), texts={"summary_en": "x"}, kind="unknown",
            by=made.moderator("A"),
        )  # fmt: skip


def test_the_closed_loop_tells_the_asker_every_step(letters) -> None:
    person, office = made.moderator("A"), made.body()
    obstacle, today = _registered(person), timezone.localdate()
    with pytest.raises(rules.BodyMissing):
        obstacle_actions.send_to_body(obstacle=obstacle, body=None, due_on=None, by=person)
    due = today + timedelta(days=30)
    sent = letters(
        lambda: obstacle_actions.send_to_body(obstacle=obstacle, body=office, due_on=due, by=person)
    )
    assert [one.to for one in sent] == [["asker@example.org"]]
    with pytest.raises(rules.StepOutOfTurn):
        obstacle_actions.solve(obstacle=obstacle, on=today, by=person)
    obstacle_actions.record_answer(obstacle=obstacle, texts={"ru": "Откроем."}, on=today, by=person)
    obstacle_actions.take_into_work(obstacle=obstacle, by=person)
    with pytest.raises(rules.DayAhead):
        obstacle_actions.solve(obstacle=obstacle, on=today + timedelta(days=1), by=person)
    sent = letters(lambda: obstacle_actions.solve(obstacle=obstacle, on=today, by=person))
    obstacle.refresh_from_db()
    assert (obstacle.status, obstacle.solved_on) == (rules.SOLVED, today.isoformat())
    assert obstacle.answers.get().body == office
    assert len(sent) == 1 and "жойылған" in sent[0].body
    assert Question.objects.get().status == rules.CLOSED, "the loop is closed with the obstacle"
    actions_logged = set(registry.get_logs_for_instance(obstacle).values_list("action", flat=True))
    steps = ("register", "send", "answer", "work", "solve")
    assert {f"irtysh.obstacle.{one}" for one in steps} <= actions_logged
    assert obstacle.revisions.count() == 5


def test_refusing_publishes_the_reason() -> None:
    person = made.moderator("A")
    obstacle = _registered(person)
    with pytest.raises(rules.WordsMissing):
        obstacle_actions.reject(obstacle=obstacle, reasons={"ru": " "}, by=person)
    obstacle_actions.reject(
        obstacle=obstacle, reasons={"ru": "Так и задумано."}, by=person, is_obstacle=False
    )
    obstacle.refresh_from_db()
    assert obstacle.status == rules.NOT_ONE
    assert obstacle.answers.get().text_ru == "Так и задумано."


def test_the_other_side_cannot_move_ours() -> None:
    obstacle = _registered(made.moderator("A"))
    with pytest.raises(NotAllowed):
        obstacle_actions.send_to_body(
            obstacle=obstacle, body=made.body(), due_on=None, by=made.moderator("B")
        )


def test_the_database_refuses_what_the_rules_would() -> None:
    one = made.question()
    obstacle = _registered(made.moderator("A"))
    for model, key, values in (
        (Obstacle, obstacle.pk, {"status": rules.SOLVED}),
        (Obstacle, obstacle.pk, {"solved_on": "2026-01-01"}),
        (Obstacle, obstacle.pk, {"status": rules.SENT}),
        (Question, one.pk, {"status": rules.ANSWERED}),
        (Question, one.pk, {"status": "lost"}),
        (Question, one.pk, {"forgotten_on": timezone.localdate()}),
        (Question, one.pk, {"status": rules.AS_OBSTACLE, "replied_on": timezone.localdate()}),
        (QuestionStep, one.steps.get().pk, {"kind": StepKind.CLOSE}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=key).update(**values)


def test_a_form_or_table_cannot_skip_a_state() -> None:
    obstacle = _registered(made.moderator("A"))
    obstacle.status, obstacle.solved_on = rules.SOLVED, "2026-11-01"
    codes = {fault.code for fault in obstacle.faults()}
    assert {"StateSkipped", "AnswerMissing"} <= codes


def test_contacts_and_words_are_forgotten_on_schedule_and_counts_stay() -> None:
    person, today = made.moderator("A"), timezone.localdate()
    one = made.question(text="My name is Aigul.", where="Kirov street 5")
    actions.answer_question(question=one, text="Dear Aigul …", by=person)
    actions.close_question(question=one, reason="Answered.", by=person)
    later = today + timedelta(days=rules.KEEP_CONTACT)
    assert actions.forget_contacts(later - timedelta(days=1)) == 0
    assert QuestionContact.objects.exists()
    assert actions.forget_contacts(later) == 1
    assert actions.forget_contacts(later) == 0
    one.refresh_from_db()
    assert not QuestionContact.objects.exists()
    assert (one.text, one.where, one.forgotten_on) == ("", "", later)
    assert "Aigul" not in " ".join(one.steps.values_list("text", flat=True))
    assert Question.objects.public_counts(today)["met"] == 1


def test_answered_questions_close_by_themselves_open_ones_never() -> None:
    person, today = made.moderator("A"), timezone.localdate()
    waiting, answered = made.question(), made.question()
    actions.answer_question(question=answered, text="Yes.", by=person)
    done = actions.daily(today + timedelta(days=rules.CLOSE_AFTER))
    waiting.refresh_from_db(), answered.refresh_from_db()
    assert done["questions_closed"] == 1
    assert (waiting.status, answered.status) == (rules.NEW, rules.CLOSED)


def test_late_questions_and_silent_bodies_are_in_the_queues() -> None:
    person, today = made.moderator("A"), timezone.localdate()
    one = made.question()
    late = today + timedelta(days=rules.REPLY_TARGET + 1)
    assert queues.questions_late(person, today) == []
    assert queues.questions_late(person, late) == [one]
    obstacle = _registered(person)
    assert queues.obstacles_to_send(person) == [obstacle]
    obstacle_actions.send_to_body(
        obstacle=obstacle, body=made.body(), due_on=today + timedelta(days=5), by=person
    )
    assert queues.obstacles_without_answer(person, today + timedelta(days=5)) == []
    assert queues.obstacles_without_answer(person, today + timedelta(days=6)) == [obstacle]


def test_a_step_makes_no_draft_public_and_loses_none() -> None:
    by = made.moderator("A")
    obstacle = _registered(by)
    body = made.body()
    obstacle.name_kk = "Жарияланбаған"
    obstacle.save_revision(clean=False)
    with pytest.raises(DraftInTheWay):
        obstacle_actions.send_to_body(obstacle=obstacle, body=body, due_on=None, by=by)
    Obstacle.objects.update(has_unpublished_changes=False, live=False)
    with pytest.raises(DraftInTheWay):
        obstacle_actions.send_to_body(obstacle=obstacle, body=body, due_on=None, by=by)
    assert not Obstacle.objects.get().live


def test_an_answer_from_an_old_page_does_not_take_a_forwarded_question_back() -> None:
    here, there = made.moderator("A"), made.moderator("B")
    opened = made.question()
    actions.forward_question(question=opened, to_side="B", reason="Сізге", by=here)
    with pytest.raises(NotAllowed):
        actions.answer_question(question=opened, text="Жоқ", by=here)
    actions.answer_question(question=opened, text="Ия", by=there)
    assert Question.objects.get().side == "B"


def test_a_question_that_nobody_closed_is_not_kept_for_ever() -> None:
    question = made.question(text="My name is Aigul.")
    last = question.asked_on + timedelta(days=rules.KEEP_AT_MOST)
    assert actions.forget_contacts(last - timedelta(days=1)) == 0
    assert actions.forget_contacts(last) == 1
    question.refresh_from_db()
    assert question.text == ""
