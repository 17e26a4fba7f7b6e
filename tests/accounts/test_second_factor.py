from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import RecoveryCode, User
from irtysh.accounts.permissions import NotAllowed
from irtysh.accounts.roles import ADMINISTRATOR, COORDINATOR
from irtysh.accounts.second_factor import (
    WrongCode,
    device_to_set_up,
    has_second_factor,
    key_of,
    picture_of,
    remove_second_factor,
    set_up,
)

pytestmark = pytest.mark.django_db

RIGHT = "a long enough one"
SIGN_IN, CODE = "/ru/account/sign-in/", "/ru/account/code/"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def _code(device: TOTPDevice, later: int = 0) -> str:
    """What a telephone shows, some steps later: a code is taken once only."""
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
    shown.time = time.time() + later * device.step
    return f"{shown.token():06d}"


@pytest.fixture
def aigul() -> User:
    return create_account(username="aigul", password=RIGHT, role=COORDINATOR, side="B")


@pytest.fixture
def codes(aigul: User) -> list[str]:
    return set_up(user=aigul, code=_code(device_to_set_up(aigul)))


def _password(client: Client, **more):
    return client.post(SIGN_IN, {"username": "aigul", "password": RIGHT} | more)


def _answers(client: Client, code: str):
    return client.post(CODE, {"code": code})


def test_it_is_set_up_by_hand(client: Client, aigul: User) -> None:
    other = Client()
    for one in (client, other):
        _password(one)
    page = client.get("/ru/account/security/second-factor/").content.decode()
    device = TOTPDevice.objects.get(user=aigul)
    assert not device.confirmed
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1].split("</svg>")[0]  # the policy forbids it
    assert key_of(device) in page
    assert client.get("/ru/account/security/second-factor/").content.decode().count(key_of(device))
    refused = client.post("/ru/account/security/second-factor/", {"code": "000000"})
    assert refused.status_code == 422
    assert not has_second_factor(aigul)
    TOTPDevice.objects.update(throttling_failure_count=0)
    shown = client.post("/ru/account/security/second-factor/", {"code": _code(device)})
    assert len(set(re.findall(r"<code>([a-z2-9-]{19})</code>", shown.content.decode()))) == 10
    assert has_second_factor(aigul)
    assert client.get("/ru/account/").status_code == 200
    assert other.get("/ru/account/").status_code == 302


def test_the_key_is_the_one_of_the_picture(aigul: User) -> None:
    device = device_to_set_up(aigul)
    assert f"secret={key_of(device).replace(' ', '')}" in device.config_url
    assert "issuer=Irtysh" in device.config_url
    assert picture_of(device).startswith("<svg")


def test_after_the_password_nobody_is_in_until_the_code(
    client: Client, aigul: User, codes: list[str]
) -> None:
    answer = _password(client, next="/admin/")
    assert answer["Location"] == f"{CODE}?next=%2Fadmin%2F"
    for door in ("/admin/", "/admin/pages/", "/admin/account/", "/admin/login/"):
        assert client.get(door)["Location"].startswith(CODE.replace("/ru/", "/"), 3), door
    assert client.get("/ru/account/")["Location"].startswith(CODE)
    assert client.get("/ru/account/security/")["Location"].startswith(CODE)
    assert client.get(CODE).status_code == 200

    device = TOTPDevice.objects.get(user=aigul)
    answer = client.post(CODE, {"code": _code(device, 1), "next": "/admin/"})
    assert answer["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    outcomes = list(aigul.sign_ins.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["password", "in"]


def test_wagtails_door_asks_for_the_code_too(client: Client, codes: list[str]) -> None:
    client.post("/admin/login/", {"username": "aigul", "password": RIGHT, "next": "/admin/"})
    answer = client.get("/admin/")
    assert "/account/code/" in answer["Location"]


def test_a_wrong_code_opens_nothing_and_slows_down(
    client: Client, aigul: User, codes: list[str]
) -> None:
    _password(client)
    answer = _answers(client, "123456")
    assert answer.status_code == 422
    assert "Код не подошёл" in answer.content.decode()
    device = TOTPDevice.objects.get(user=aigul)
    assert _answers(client, _code(device, 1)).status_code == 422  # too soon after a mistake
    assert client.get("/ru/account/").status_code == 302
    assert aigul.sign_ins.filter(outcome="code").count() == 2


def test_a_code_is_good_once(aigul: User, codes: list[str]) -> None:
    device = TOTPDevice.objects.get(user=aigul)
    now = _code(device, 1)
    first, second = Client(), Client()
    for client in (first, second):
        _password(client)
    assert _answers(first, now).status_code == 302
    assert _answers(second, now).status_code == 422


def test_a_recovery_code_is_good_once_and_forgives_spelling(aigul: User, codes: list[str]) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        _password(client)
    assert _answers(first, codes[3].upper().replace("-", " ")).status_code == 302
    assert _answers(second, codes[3]).status_code == 422
    assert RecoveryCode.objects.filter(user=aigul).count() == 9
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_codes_of_another_person_do_not_fit(codes: list[str]) -> None:
    omar = create_account(username="omar", password=RIGHT, role=COORDINATOR)
    theirs = set_up(user=omar, code=_code(device_to_set_up(omar)))
    client = Client()
    _password(client)
    assert _answers(client, theirs[0]).status_code == 422


def test_new_codes_void_the_old(client: Client, aigul: User, codes: list[str]) -> None:
    _password(client)
    _answers(client, codes[0])
    where = "/ru/account/security/recovery-codes/"
    assert client.post(where, {"password": "wrong"}).status_code == 422
    assert RecoveryCode.objects.filter(user=aigul).count() == 9
    assert client.post(where, {"password": RIGHT}).status_code == 200
    assert RecoveryCode.objects.filter(user=aigul).count() == 10
    other = Client()
    _password(other)
    assert _answers(other, codes[1]).status_code == 422


def test_the_owner_switches_it_off_with_the_password(
    client: Client, aigul: User, codes: list[str], django_capture_on_commit_callbacks
) -> None:
    _password(client)
    _answers(client, codes[0])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/ru/account/security/second-factor/off/", {"password": RIGHT})
    assert answer.status_code == 302
    assert not has_second_factor(aigul)
    assert client.get("/ru/account/").status_code == 200
    assert mail.outbox[-1].subject == "Второй фактор отключён"


def test_an_administrator_helps_who_lost_the_telephone(
    client: Client, aigul: User, codes: list[str], django_capture_on_commit_callbacks
) -> None:
    where = f"/admin/people/{aigul.pk}/second-factor/"
    client.force_login(create_account(username="colleague", password=RIGHT, role=COORDINATOR))
    client.post(where)
    assert has_second_factor(aigul)
    client.force_login(create_account(username="root", password=RIGHT, role=ADMINISTRATOR))
    assert client.get(where).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(where)
    assert not has_second_factor(aigul)
    assert mail.outbox[-1].to == ["aigul@example.org"]
    assert "Администратор отключил" in mail.outbox[-1].body


def test_nobody_else_takes_it_away(aigul: User, codes: list[str]) -> None:
    omar = create_account(username="omar", password=RIGHT, role=COORDINATOR)
    with pytest.raises(NotAllowed):
        remove_second_factor(user=aigul, by=omar)
    assert has_second_factor(aigul)


def test_a_device_that_was_never_shown_confirms_nothing(aigul: User) -> None:
    with pytest.raises(WrongCode):
        set_up(user=aigul, code="123456")
