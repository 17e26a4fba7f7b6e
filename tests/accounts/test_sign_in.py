from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import Outcome, SignIn, User
from irtysh.accounts.roles import ADMINISTRATOR, EDITOR, MEMBER
from irtysh.accounts.sign_in import forget_old_signins, shortened_address

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "a long enough one", "not this one at all"
OFFICE, HERE = "/admin/login/", "/ru/account/sign-in/"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def aigul() -> User:
    return create_account(username="aigul", password=RIGHT, role=EDITOR, side="B")


def _try(client: Client, password: str, door: str = HERE, address: str = "192.0.2.1", **more):
    data = {"username": "aigul", "password": password} | more
    return client.post(door, data, REMOTE_ADDR=address, headers={"accept-language": "ru"})


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("door", [HERE, OFFICE])
def test_both_doors_open_with_the_right_password(client: Client, aigul: User, door: str) -> None:
    assert _try(client, RIGHT, door).status_code == 302
    assert _is_in(client)
    assert list(aigul.sign_ins.values_list("outcome", "address")) == [("in", "192.0.2.1")]


@pytest.mark.parametrize("door", [HERE, OFFICE])
def test_a_name_is_locked_at_one_address_and_nowhere_else(
    client: Client, aigul: User, door: str
) -> None:
    omar = create_account(username="omar", password=RIGHT, role=EDITOR)
    for _ in range(5):
        assert "Имя и пароль не подходят" in _try(client, WRONG, door).content.decode()
    answer = _try(client, RIGHT, door)
    assert not _is_in(client)
    assert "закрыт ещё на 15 мин" in answer.content.decode()
    # A colleague behind the same address, and the person herself elsewhere.
    assert _try(Client(), RIGHT, door, username="omar").status_code == 302
    assert _try(Client(), RIGHT, door, address="198.51.100.7").status_code == 302
    assert omar.sign_ins.count() == 1


def test_a_locked_page_says_so_in_its_status(client: Client, aigul: User) -> None:
    for _ in range(5):
        assert _try(client, WRONG).status_code == 422
    assert _try(client, WRONG).status_code == 429


def test_the_lock_opens_by_itself(client: Client, aigul: User) -> None:
    for _ in range(5):
        _try(client, WRONG)
    SignIn.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert _try(client, RIGHT).status_code == 302


def test_a_right_password_forgives_the_wrong_ones_before_it(client: Client, aigul: User) -> None:
    for _ in range(4):
        _try(client, WRONG)
    _try(client, RIGHT)
    for _ in range(4):
        _try(Client(), WRONG)
    assert _try(Client(), RIGHT).status_code == 302


def test_an_unknown_name_is_locked_like_a_known_one_and_not_written_down(client: Client) -> None:
    """Otherwise the lock would tell which accounts exist."""
    for _ in range(5):
        _try(client, WRONG, username="my-password-typed-here")
    answer = _try(client, WRONG, username="My-Password-Typed-Here ")
    assert answer.status_code == 429
    rows = list(SignIn.objects.values())
    assert {row["user_id"] for row in rows} == {None}
    assert "my-password" not in str(rows).lower()


def test_a_locked_name_does_not_fill_the_record(client: Client, aigul: User) -> None:
    for _ in range(12):
        _try(client, WRONG)
    assert aigul.sign_ins.filter(outcome=Outcome.LOCKED).count() == 1
    assert aigul.sign_ins.count() == 6


def test_an_account_switched_off_does_not_open(client: Client, aigul: User) -> None:
    User.objects.update(is_active=False)
    assert _try(client, RIGHT).status_code == 422
    assert not _is_in(client)


def test_next_leads_inside_only(client: Client, aigul: User) -> None:
    assert _try(client, RIGHT, next="/kk/law/")["Location"] == "/kk/law/"
    answer = _try(Client(), RIGHT, next="https://elsewhere.example/")
    assert answer["Location"] == "/ru/account/"


def test_signing_out_everywhere_ends_every_session(client: Client, aigul: User) -> None:
    other = Client()
    _try(client, RIGHT)
    _try(other, RIGHT)
    assert other.get("/ru/account/").status_code == 200
    client.post("/ru/account/security/sign-out-everywhere/")
    assert other.get("/ru/account/").status_code == 302
    assert client.get("/ru/account/").status_code == 302
    assert _try(client, RIGHT).status_code == 302


def test_administrators_alone_read_the_record(client: Client, aigul: User) -> None:
    _try(client, RIGHT)
    assert client.get("/admin/reports/sign-ins/").status_code == 302
    admin = create_account(username="root", password=RIGHT, role=ADMINISTRATOR)
    client.force_login(admin)
    page = client.get("/admin/reports/sign-ins/").content.decode()
    assert "aigul" in page
    assert "192.0.2.1" in page
    assert "вход выполнен" in page
    found = client.get("/admin/reports/sign-ins/?outcome=refused").content.decode()
    assert "192.0.2.1" not in found
    menu = client.get("/admin/users/").content.decode()
    assert "Редактор, вторая сторона" in menu
    person = client.get(f"/admin/users/edit/{aigul.pk}/").content.decode()
    assert "192.0.2.1" in person


def test_old_addresses_are_shortened_and_old_records_deleted(aigul: User) -> None:
    now = timezone.now()
    for days, address in [
        (0, "192.0.2.1"),
        (91, "192.0.2.1"),
        (100, "2001:db8:1:2::3"),
        (100, ""),
        (366, "192.0.2.9"),
    ]:
        row = SignIn.objects.create(user=aigul, name_hash="x", outcome="in", address=address)
        SignIn.objects.filter(pk=row.pk).update(at=now - timedelta(days=days))
    assert forget_old_signins() == {"shortened": 2, "deleted": 1}
    kept = list(SignIn.objects.order_by("-at").values_list("address", flat=True))
    assert kept[0] == "192.0.2.1"
    assert sorted(kept[1:]) == ["", "192.0.0.0/16", "2001:db8::/32"]
    assert forget_old_signins() == {"shortened": 0, "deleted": 0}


def test_a_short_address_names_many() -> None:
    assert shortened_address("203.0.113.77") == "203.0.0.0/16"


def test_translators_reach_translations_only(client: Client) -> None:
    from wagtail.models import Page

    page = Page.objects.get(depth=2)
    client.force_login(create_account(username="t", password=RIGHT, role="Translator"))
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302
    client.force_login(create_account(username="e", password=RIGHT, role=EDITOR))
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_a_member_signs_in_at_the_portal(client: Client) -> None:
    create_account(username="aigul", password=RIGHT, role=MEMBER)
    answer = _try(client, RIGHT)
    assert answer["Location"] == "/ru/account/"
    assert "служебной части" not in client.get("/ru/account/").content.decode()
