"""What every answer tells the browser to refuse; tests/browser sees that it does."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from irtysh.accounts.actions import create_account
from irtysh.accounts.roles import ADMINISTRATOR
from irtysh.config.security import ADMIN, PUBLIC, ContentSecurityPolicy, written


def _policy(client: Client, address: str) -> dict[str, str]:
    header = client.get(address).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
def test_readers_pages_allow_only_our_own_files(client: Client) -> None:
    policy = _policy(client, "/ru/no-such-page/")
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in " ".join(policy.values())


@pytest.mark.django_db
def test_the_back_office_may_be_framed_by_itself_only(client: Client) -> None:
    answer = client.get("/admin/login/")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    reader = client.get("/ru/no-such-page/")
    assert reader.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("policy", [PUBLIC, ADMIN])
def test_no_policy_names_another_host(policy: dict[str, str]) -> None:
    assert "http" not in written(policy)
    assert "*" not in written(policy)


def test_a_view_may_state_its_own_policy() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    request = HttpRequest()
    request.path = "/ru/embed/"
    answer = ContentSecurityPolicy(view)(request)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.django_db
def test_other_headers_and_cookies(client: Client) -> None:
    create_account(username="admin", password="a long enough one", role=ADMINISTRATOR)
    form = client.get("/admin/login/")
    assert form.headers["X-Content-Type-Options"] == "nosniff"
    assert form.headers["Referrer-Policy"] == "same-origin"
    assert form.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    answer = client.post("/admin/login/", {"username": "admin", "password": "a long enough one"})
    assert answer.status_code == 302
    for cookie in answer.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ru/programmes/%00/", "/ru/programmes/?q=%00", "/api/%00"])
def test_an_address_with_nul_is_a_mistake_of_the_asker(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_upload_that_is_too_large_is_refused(client: Client) -> None:
    answer = client.post(
        "/admin/login/", data=b"x=" + b"a" * 6_000_000,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code in (400, 413)
