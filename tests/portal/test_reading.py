"""What a reader asks of the portal: a language, a release, a filter; and what is not there."""

from __future__ import annotations

import pytest

from irtysh.portal.presenters.trade import headline
from irtysh.portal.reading import Reading
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.text import LANGUAGES


def test_pages_with_keys_know_only_their_own(portal, client):
    for path in ("figures/000000000000/", "indicators/none/", "data/NONE/", "sources/none/",
                 "findings/none/", "law/none/", "charts/none/", "charts/none.csv"):  # fmt: skip
        assert client.get(f"/ru/{path}").status_code == 404, path


def test_a_missing_page_speaks_the_language_of_its_address(portal, client):
    html = client.get("/kk/nowhere/").content.decode()
    assert '<html lang="kk">' in html
    assert "Мұндай бет жоқ" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_equals_the_release(portal, client, language):
    shown = headline(Reading(portal, language))
    html = client.get(f"/{language}/").content.decode()
    assert format_number(shown.value, language) in html
    assert f"/{language}/figures/{shown.id}/" in html


def test_a_figure_shows_its_rivals(portal, client):
    decision = next(one for one in portal.document("preferred") if one["observation"])
    html = client.get(f"/en/figures/{decision['observation']}/").content.decode()
    for rival in decision["rivals"]:
        if rival != decision["observation"]:
            assert f"/en/figures/{rival}/" in html


def test_language_switch_stays_on_the_page(portal, client):
    html = client.get("/ru/data/TRADE_PARTNER/?flow=T").content.decode()
    assert 'href="/kk/data/TRADE_PARTNER/?flow=T"' in html


@pytest.mark.parametrize(
    ("accepted", "expected"), [("kk", "/kk/"), ("en-GB,ru;q=0.5", "/en/"), ("fr", "/ru/")]
)
def test_root_goes_to_the_language_of_the_reader(portal, client, accepted, expected):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, expected)
    client.cookies["django_language"] = "kk"
    assert client.get("/", headers={"accept-language": accepted})["Location"] == "/kk/"


def test_a_past_release_has_a_banner_and_stays_in_the_links(portal, client):
    html = client.get(f"/en/trade/?release={portal.id}").content.decode()
    assert 'class="banner"' in html
    assert f'href="/en/findings/?release={portal.id}"' in html
    assert client.get("/en/trade/?release=2001-01-01-0000000000").status_code == 404


def test_without_a_release_pages_say_so(db, client, settings, tmp_path):
    settings.IRTYSH_RELEASES = tmp_path / "empty"
    response = client.get("/kk/trade/")
    assert response.status_code == 503
    assert "Әзірге ештеңе жарияланған жоқ" in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_select_what_the_release_holds(portal, client, language):
    html = client.get(f"/{language}/data/TRADE_PARTNER/?flow=T&bogus=1&page=x").content.decode()
    expected = portal.observations(dataflow="TRADE_PARTNER", flow="T")
    rows = html.split("<tbody>")[1].split("</tbody>")[0]
    assert rows.count("<tr>") == len(expected)
    assert "/datasets/TRADE_PARTNER.csv?lang=" in html


def test_sitemap_holds_every_language(portal, client):
    text = client.get("/sitemap.xml").content.decode()
    for language in LANGUAGES:
        assert f"/{language}/trade/turnover/</loc>" in text
        assert f"/{language}/about/</loc>" in text
    assert "Sitemap:" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("name", ["latest", "current"])
def test_the_current_release_by_a_moving_name_is_not_kept_for_a_year(portal, client, name):
    response = client.get(f"/en/trade/?release={name}")
    assert response["Cache-Control"] == client.get("/en/trade/")["Cache-Control"]
    assert 'class="banner"' not in response.content.decode()


@pytest.mark.parametrize("name", ["a" * 400, "..%2F..", "%F0%9F%8C%8A", "lost%2Bfound"])
def test_an_odd_release_name_is_not_found(portal, client, name):
    assert client.get(f"/en/trade/?release={name}").status_code == 404
