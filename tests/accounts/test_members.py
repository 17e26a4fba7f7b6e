from __future__ import annotations

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.cache import cache
from django.test import Client
from wagtail.models import ModelLogEntry

from irtysh.accounts.actions import (
    LinkNotValid,
    OfficeAccountStays,
    create_account,
    erase_account,
    join,
)
from irtysh.accounts.models import Letter, SignIn, User
from irtysh.accounts.roles import EDITOR, MEMBER
from tests.accounts.human import human

pytestmark = pytest.mark.django_db

PASSWORD = "three rivers in spring"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Send a form, and the letters that follow from it."""

    def send(client: Client, path: str, **data):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data)

    return send


def _link() -> str:
    [path] = re.findall(r"https?://[^/]+(/\S+/account/(?:join|password)/\S+)", mail.outbox[-1].body)
    return path


def _member(post, client: Client, email: str = "omar@example.org", tongue: str = "kk") -> User:
    post(client, f"/{tongue}/account/join/", **human(email=email))
    post(client, _link(), name="Омар", new_password1=PASSWORD, new_password2=PASSWORD)
    return User.objects.get(email=email)


def test_joining_takes_an_address_a_letter_and_a_password(client: Client, post) -> None:
    answer = post(client, "/kk/account/join/", **human(email="Omar@Example.org"))
    assert "Поштаңызды қараңыз" in answer.content.decode()
    assert not User.objects.exists()
    [letter] = mail.outbox
    assert letter.to == ["Omar@Example.org"]
    assert letter.subject == "«Ертіс» порталына тіркелуді аяқтаңыз"
    link = _link()
    assert link.startswith("/kk/account/join/")

    weak = post(client, link, name="Омар", new_password1="omar", new_password2="omar")
    assert weak.status_code == 422
    assert not User.objects.exists()

    answer = post(client, link, name="Омар", new_password1=PASSWORD, new_password2=PASSWORD)
    assert answer["Location"] == "/kk/account/"
    omar = User.objects.get()
    assert (omar.username, omar.language, omar.first_name) == ("omar@example.org", "kk", "Омар")
    assert [group.name for group in omar.groups.all()] == [MEMBER]
    assert not omar.has_perm("wagtailadmin.access_admin")
    assert "Омар" in client.get("/kk/account/").content.decode()
    # The link is used up.
    assert Client().get(link).status_code == 410
    with pytest.raises(LinkNotValid):
        join(token=link.split("/")[-2], name="x", password=PASSWORD)


def test_a_forged_link_opens_nothing(client: Client) -> None:
    assert client.get("/ru/account/join/forged:link/").status_code == 410
    assert client.get("/ru/account/password/MQ/forged/").status_code == 410
    assert client.get("/ru/account/password/%D0%B0/forged/").status_code == 410


def test_the_page_does_not_tell_who_is_registered(client: Client, post) -> None:
    _member(post, Client())
    known = post(client, "/ru/account/join/", **human(email="OMAR@example.org"))
    unknown = post(client, "/ru/account/join/", **human(email="aman@example.org"))
    plain = [
        re.sub(r"\S+@example.org", "ADDRESS", one.content.decode()) for one in (known, unknown)
    ]
    assert plain[0] == plain[1]
    assert mail.outbox[-2].subject == "Вы уже зарегистрированы на портале «Иртыш»"
    letters = len(mail.outbox)
    known = post(client, "/ru/account/password/", **human(email="omar@example.org"))
    unknown = post(client, "/ru/account/password/", **human(email="sara@example.org"))
    assert len(mail.outbox) == letters + 1
    plain = [
        re.sub(r"\S+@example.org", "ADDRESS", one.content.decode()) for one in (known, unknown)
    ]
    assert plain[0] == plain[1]


def test_a_program_gets_no_letter(client: Client, post) -> None:
    answer = post(client, "/ru/account/join/", **human(seconds=0, email="omar@example.org"))
    assert answer.status_code == 422
    assert mail.outbox == []


def test_nobody_is_flooded_with_letters(client: Client, post) -> None:
    for _ in range(3):
        post(client, "/ru/account/join/", **human(email="omar@example.org"))
    answer = post(client, "/ru/account/join/", **human(email="omar@example.org"))
    assert answer.status_code == 422
    assert "Слишком много" in answer.content.decode()
    assert len(mail.outbox) == 3


def test_a_forgotten_password_is_replaced_once(client: Client, post) -> None:
    _member(post, Client())
    post(client, "/ru/account/password/", **human(email="omar@example.org"))
    assert mail.outbox[-1].subject == "«Ертіс» порталына жаңа құпиясөз"  # in Omar's language
    link = _link()
    other = "a bridge in the steppe"
    answer = post(client, link, new_password1=other, new_password2=other)
    assert answer["Location"] == "/kk/account/sign-in/"
    assert User.objects.get().check_password(other)
    assert mail.outbox[-1].subject == "Құпиясөзіңіз өзгертілді"
    assert client.get(link).status_code == 410


def test_a_password_is_changed_with_the_old_one(client: Client, post) -> None:
    omar = _member(post, client)
    elsewhere = Client()
    elsewhere.post("/ru/account/sign-in/", {"username": omar.username, "password": PASSWORD})
    where, new = "/ru/account/security/password/", "a bridge in the steppe"
    wrong = post(client, where, password="x", new_password1=new, new_password2=new)
    assert wrong.status_code == 422
    assert User.objects.get().check_password(PASSWORD)
    post(client, where, password=PASSWORD, new_password1=new, new_password2=new)
    assert User.objects.get().check_password(new)
    assert client.get("/ru/account/").status_code == 200
    assert elsewhere.get("/ru/account/").status_code == 302


def test_the_profile_is_saved_and_answers_in_its_language(client: Client, post) -> None:
    _member(post, client)
    answer = post(client, "/kk/account/", name="Omar B.", language="en")
    assert answer["Location"] == "/en/account/"
    assert "Saved." in client.get("/en/account/").content.decode()
    omar = User.objects.get()
    assert (omar.first_name, omar.language) == ("Omar B.", "en")


def test_deleting_leaves_no_trace(client: Client, post) -> None:
    omar = _member(post, client)
    client.post("/ru/account/sign-in/", {"username": omar.username, "password": "wrong one"})
    assert SignIn.objects.exists()
    assert Letter.objects.filter(user=omar).count() == 0  # written to before there was an account
    wrong = post(client, "/kk/account/delete/", password="not mine")
    assert wrong.status_code == 422
    answer = post(client, "/kk/account/delete/", password=PASSWORD)
    assert "Есептік жазбаңыз жойылды" in answer.content.decode()
    assert not User.objects.exists()
    assert not SignIn.objects.exists()
    content_type = ContentType.objects.get_for_model(User)
    assert not ModelLogEntry.objects.filter(content_type=content_type).exists()
    assert mail.outbox[-1].to == ["omar@example.org"]
    assert client.get("/kk/account/").status_code == 302
    rest = " ".join(str(row) for row in Letter.objects.values())
    assert "omar" not in rest.lower()


def test_people_of_the_office_stay_in_the_history(client: Client, post) -> None:
    editor = create_account(username="aigul", password=PASSWORD, role=EDITOR, language="ru")
    with pytest.raises(OfficeAccountStays):
        erase_account(user=editor, by=editor)
    client.force_login(editor)
    answer = post(client, "/ru/account/delete/", password=PASSWORD)
    assert answer.status_code == 422
    assert "удаляет администратор" in answer.content.decode()
    assert User.objects.filter(pk=editor.pk).exists()


@pytest.mark.parametrize(
    "path", ["", "security/", "security/password/", "security/second-factor/", "delete/"]
)
def test_an_account_is_for_its_owner_and_no_cache(client: Client, path: str) -> None:
    answer = client.get(f"/ru/account/{path}")
    assert (
        answer["Location"]
        == f"/ru/account/sign-in/?next=%2Fru%2Faccount%2F{path.replace('/', '%2F')}"
    )
    client.force_login(create_account(username="m", password=PASSWORD, role=MEMBER))
    answer = client.get(f"/ru/account/{path}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_signing_out_needs_a_form_that_is_ours(post) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(create_account(username="m", password=PASSWORD, role=MEMBER))
    assert client.post("/ru/account/sign-out/").status_code == 403
    assert client.get("/ru/account/sign-out/").status_code == 405
