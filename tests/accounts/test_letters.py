from __future__ import annotations

import logging

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction

from irtysh.accounts.actions import create_account
from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import Letter, User
from irtysh.accounts.roles import COORDINATOR

pytestmark = pytest.mark.django_db

TEXT = {
    "letters/probe.subject.txt": "{% load i18n %}{% translate 'Password' %}\n {{ what }}\n",
    "letters/probe.txt": "{{ what }} – {{ reader }} – {{ language }} – {{ base_url }}\n",
}


@pytest.fixture(autouse=True)
def _probe(settings) -> None:
    """A letter of the tests' own, beside the product's."""
    engine = dict(settings.TEMPLATES[0])
    engine["APP_DIRS"] = False
    engine["OPTIONS"] = engine["OPTIONS"] | {
        "loaders": [("django.template.loaders.locmem.Loader", TEXT)]
    }
    settings.TEMPLATES = [engine]


def _aigul(language: str = "kk") -> User:
    return create_account(
        username="aigul", password="a long enough one", role=COORDINATOR, language=language
    )


def _send(commit, to, **more) -> Letter | None:
    with commit(execute=True):
        return send_letter(to=to, template="probe", context={"what": "Müller & <Söhne>"}, **more)


@pytest.mark.parametrize(("language", "word"), [("kk", "Құпия"), ("ru", "Пароль")])
def test_a_letter_is_in_the_readers_language(
    django_capture_on_commit_callbacks, language: str, word: str
) -> None:
    letter = _send(
        django_capture_on_commit_callbacks,
        _aigul(language),
        reply_to="a@example.org",
        headers={"List-Unsubscribe": "<https://example.org/stop>"},
    )
    [sent] = mail.outbox
    assert sent.to == ["aigul@example.org"]
    assert sent.reply_to == ["a@example.org"]
    assert sent.subject.startswith(word)
    assert sent.subject.endswith("Müller & <Söhne>")
    assert sent.body.startswith(f"Müller & <Söhne> – Aigul Irtysh – {language} – http")
    assert sent.extra_headers["Content-Language"] == language
    assert sent.extra_headers["List-Unsubscribe"] == "<https://example.org/stop>"
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert letter.sent_at is not None


def test_nothing_is_sent_before_the_commit(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        send_letter(to=_aigul(), template="probe", context={})
    assert mail.outbox == []
    assert len(waiting) == 1


def test_one_letter_for_one_occasion(django_capture_on_commit_callbacks) -> None:
    aigul = _aigul()
    assert _send(django_capture_on_commit_callbacks, aigul, key="due/1/2026-11")
    assert _send(django_capture_on_commit_callbacks, aigul, key="due/1/2026-11") is None
    assert _send(django_capture_on_commit_callbacks, aigul, key="due/1/2026-12")
    assert len(mail.outbox) == 2


class Unreachable(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


def test_a_failure_is_logged_and_may_be_tried_again(
    django_capture_on_commit_callbacks, settings, caplog
) -> None:
    aigul = _aigul()
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    with caplog.at_level(logging.ERROR, logger="irtysh"):
        letter = _send(django_capture_on_commit_callbacks, aigul, key="due/1")
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert "was not sent" in caplog.text
    assert "aigul@example.org" not in caplog.text.replace(caplog.records[0].exc_text or "", "")

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert _send(django_capture_on_commit_callbacks, aigul, key="due/1").pk == letter.pk
    assert len(mail.outbox) == 1
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_a_template_that_is_missing_does_not_reach_the_caller(
    django_capture_on_commit_callbacks, caplog
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = send_letter(to=("x@example.org", "ru"), template="missing", context={})
    letter.refresh_from_db()
    assert letter.state == "failed"


def test_of_a_stranger_only_a_hash_is_kept(django_capture_on_commit_callbacks) -> None:
    letter = _send(django_capture_on_commit_callbacks, ("Omar@Example.org", "kk"))
    assert mail.outbox[0].to == ["Omar@Example.org"]
    assert letter.user is None
    assert len(letter.address_hash) == 64
    kept = " ".join(str(value) for value in Letter.objects.values().get(pk=letter.pk).values())
    assert "omar" not in kept.lower()
    again = _send(django_capture_on_commit_callbacks, ("omar@example.org ", "kk"))
    assert again.address_hash == letter.address_hash


def test_nobody_is_written_to_who_cannot_read(django_capture_on_commit_callbacks) -> None:
    aigul = _aigul()
    aigul.is_active = False
    assert _send(django_capture_on_commit_callbacks, aigul) is None
    aigul.is_active, aigul.email = True, ""
    assert _send(django_capture_on_commit_callbacks, aigul) is None
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_the_database_wants_one_reader_and_a_time_of_sending() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(template="probe", language="ru")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(template="probe", language="ru", address_hash="x", state="sent")
