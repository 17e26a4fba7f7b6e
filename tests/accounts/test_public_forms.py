from __future__ import annotations

import pytest
from django import forms
from django.core.cache import cache
from django.http import QueryDict
from django.test import RequestFactory

from irtysh.accounts import public_forms
from irtysh.accounts.address import client_address, neighbourhood
from irtysh.accounts.public_forms import HumanForm, TooManyRequests, rate_limited
from tests.accounts.human import human


class Question(HumanForm):
    text = forms.CharField()


def _sent(**fields: object) -> Question:
    data = QueryDict(mutable=True)
    data.update({"text": "Когда откроют мост?", **fields})
    data._mutable = False
    return Question(data)


def _codes(form: Question) -> list[str]:
    return [error.code for error in form.non_field_errors().as_data()]


def test_a_person_may_send() -> None:
    assert _sent(**human(seconds=4)).is_valid()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"seconds": 1}, "fast"),
        ({"seconds": 25 * 3600}, "slow"),
        ({"opened_at": "forged"}, "slow"),
        ({"opened_at": ""}, "slow"),
        ({"homepage": "https://spam.example"}, "trap"),
    ],
)
def test_a_program_may_not(fields: dict[str, object], code: str) -> None:
    form = _sent(**human(**fields))
    assert not form.is_valid()
    assert _codes(form) == [code]
    assert "Когда откроют мост?" in str(form["text"])


def test_a_form_left_open_can_be_sent_again() -> None:
    form = _sent(**human(seconds=25 * 3600))
    form.is_valid()
    renewed = form["opened_at"].value()
    later = _sent(homepage="", opened_at=renewed)
    later.is_valid()
    assert _codes(later) == ["fast"]  # a new time, only that this test is quick


def test_the_trap_is_out_of_sight_and_says_what_it_is() -> None:
    form = Question()
    assert [field.name for field in form.visible_fields()] == ["text"]
    html = form.human_fields()
    assert 'class="hidden"' in html
    assert 'tabindex="-1"' in html
    assert f'<label for="{form["homepage"].id_for_label}"' in html
    assert 'type="hidden"' in html


@pytest.fixture
def _empty_cache() -> None:
    cache.clear()


@pytest.mark.usefixtures("_empty_cache")
def test_the_limit_counts_each_key_in_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_700_000_000 // 600 * 600
    monkeypatch.setattr(public_forms.time, "time", lambda: now + 30)
    for _ in range(3):
        rate_limited("question/192.0.2.1", 3, 600)
    with pytest.raises(TooManyRequests) as refused:
        rate_limited("question/192.0.2.1", 3, 600)
    assert refused.value.params == {"minutes": 10}
    rate_limited("question/192.0.2.2", 3, 600)
    monkeypatch.setattr(public_forms.time, "time", lambda: now + 600)
    rate_limited("question/192.0.2.1", 3, 600)


@pytest.mark.usefixtures("_empty_cache")
def test_the_cache_does_not_hold_the_address() -> None:
    rate_limited("question/192.0.2.1", 3, 600)
    assert all("192.0.2.1" not in key for key in cache._cache)


def test_a_forwarded_address_is_believed_only_behind_a_proxy(settings) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="10.9.8.7, 203.0.113.5"
    )
    settings.IRTYSH_BEHIND_PROXY = False
    assert client_address(request) == "127.0.0.1"
    settings.IRTYSH_BEHIND_PROXY = True
    assert client_address(request) == "203.0.113.5"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("nonsense", ""),
    ],
)
def test_neighbours_share_a_limit(address: str, expected: str) -> None:
    assert neighbourhood(address) == expected
