"""Past releases, wrong addresses, other addresses, an invented case."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from irtysh.store import Release, Releases
from tests.pages.addresses import LANGUAGES, every_address, in_turn
from tests.pages.document import Document
from tests.release import published, showing

_NOT_FOUND = {
    "ru": "Такой страницы нет",
    "kk": "Мұндай бет жоқ",
    "en": "There is no such page",
}
_INVENTED = {
    "ru": "Вымышленное приграничье",
    "kk": "Ойдан шығарылған шекара",
    "en": "An invented border",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_release_asked_for_by_name_is_announced_and_kept_in_every_link(
    portal: Release, client: Client, language: str
) -> None:
    asked = {"release": portal.id}
    for path in ("trade/turnover/", "data/TRADE_GOODS/", "findings/", "sources/"):
        page = client.get(f"/{language}/{path}", asked)
        html = page.content.decode()
        assert 'class="banner"' in html, path
        assert portal.id in html
        document = Document(html)
        assert document.canonical == f"http://testserver/{language}/{path}"
        own = [
            link
            for link in document.links
            if re.match(rf"/{language}/(trade|figures|findings|sources|indicators)/", link)
            and link != f"/{language}/{path}"
        ]
        assert own
        assert [link for link in own if f"release={portal.id}" not in link] == []
    assert 'class="banner"' not in client.get(f"/{language}/trade/turnover/").content.decode()


@pytest.mark.parametrize("path", ["law/", "law/law-373-ii/", "organisations/"])
def test_a_register_is_shown_as_it_is_now_whatever_release_is_asked_for(
    portal: Release, client: Client, path: str
) -> None:
    answer = client.get(f"/ru/{path}", {"release": portal.id})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ru/{path}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_without_its_mark_is_refused_with_a_way_on(portal: Release, language: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/{language}/ask/", {"text": "?"})
    assert answer.status_code == 403
    document = Document(answer.content.decode())
    assert document.language == language
    assert f"/{language}/" in document.links


def test_a_release_that_never_was_is_not_found(portal: Release, client: Client) -> None:
    assert client.get("/en/trade/", {"release": "2001-01-01-0000000000"}).status_code == 404
    assert client.get("/en/trade/", {"release": "../../etc"}).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "nothing/",
        "figures/000000000000/",
        "indicators/nothing/",
        "data/NOTHING/",
        "charts/nothing/",
        "sources/nothing/",
        "findings/nothing/",
        "law/nothing/",
    ],
)
def test_a_wrong_address_is_answered_in_the_language_with_a_way_on(
    portal: Release, client: Client, language: str, path: str
) -> None:
    page = client.get(f"/{language}/{path}")
    assert page.status_code == 404
    document = Document(page.content.decode())
    assert document.language == language
    assert _NOT_FOUND[language] in document.text
    assert f"/{language}/" in document.links
    assert f"/{language}/search/" in document.links
    assert document.inline == []


@pytest.mark.parametrize("accepted", LANGUAGES)
def test_the_bare_address_leads_to_the_language_of_the_browser(
    portal: Release, client: Client, accepted: str
) -> None:
    page = client.get("/", headers={"Accept-Language": f"{accepted},de;q=0.5"}, follow=True)
    assert page.redirect_chain[-1][0] == f"/{accepted}/"
    assert page.status_code == 200


def test_robots_are_told_of_every_page_in_every_language(portal: Release, client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    listed = re.findall(r"<loc>([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(listed) == len(set(listed))
    below = {address.split("/", 4)[4] for address in listed}
    assert {f"http://testserver/{code}/{rest}" for code in LANGUAGES for rest in below} == set(
        listed
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_given_as_files(portal: Release, client: Client, language: str) -> None:
    starts = {"png": b"\x89PNG", "svg": b"<svg", "csv": b"\xef\xbb\xbf"}
    for chart in portal.document("charts"):
        page = client.get(f"/{language}/charts/{chart['id']}/").content.decode()
        files = [link for link in Document(page).links if link.endswith(tuple(starts))]
        assert files, chart["id"]
        for link in files:
            answer = client.get(link)
            kind = link.rsplit(".", 1)[1]
            assert answer.status_code == 200, link
            assert answer.getvalue().startswith(starts[kind]), link
            if kind == "svg":
                assert b"<script" not in answer.getvalue()
                assert chart["title"][language].split()[0] in answer.getvalue().decode()


@pytest.fixture(scope="module")
def invented(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Release]:
    """The portal showing the case that is made up."""
    folder = published("sandbox")
    with showing(folder, django_db_blocker):
        yield Releases(folder).current()


@pytest.mark.django_db
def test_every_page_of_an_invented_case_says_so(invented: Release, client: Client) -> None:
    addresses = every_address(client, invented)
    assert len(addresses) > 40
    silent = []
    for language, address in in_turn(addresses):
        page = client.get(f"/{language}/{address}")
        if page.status_code != 200 or _INVENTED[language] not in page.content.decode():
            silent.append(f"/{language}/{address}: {page.status_code}")
    assert not silent, "\n".join(silent[:20])
