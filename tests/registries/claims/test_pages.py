"""What readers and programs see of claims: ledger, claim, document, badge, mark-up, files."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import Client

from irtysh.registries.claims.actions import judge_claims
from irtysh.registries.claims.rules import ORDER, RATINGS, sign_of
from irtysh.store import Release
from irtysh.vocabulary.codelists import codelist
from tests.registries.claims import made

pytestmark = pytest.mark.django_db
VERDICTS = codelist("claim_verdicts")


@pytest.fixture
def releases(shelf: Path) -> list[Release]:
    """Two releases: the first bears the claim out, the second does not."""
    made.claim()
    made.claim("nothing-known", bindings=[], unbound={"en": "A list", "ru": "Список",
                                                      "kk": "Тізім"})  # fmt: skip
    found = [made.release(shelf, "402.1"), made.release(shelf, "390", 1)]
    for one in found:
        judge_claims(one)
    return found


def read(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_pages_say_the_verdict_in_each_language(releases: list[Release], language: str) -> None:
    word = VERDICTS["CONTRADICTED"].name[language]
    now = read(f"/{language}/claims/over-402/")
    assert word in now and "390" in now and releases[0].id in now
    past = read(f"/{language}/claims/over-402/?release={releases[0].id}")
    assert VERDICTS["VERIFIED"].name[language] in past
    ledger = read(f"/{language}/claims/")
    assert word in ledger and "over-402" in ledger and "verdict=CONTRADICTED" in ledger
    narrowed = read(f"/{language}/claims/?verdict=NOT_CHECKABLE")
    assert "nothing-known" in narrowed and "/claims/over-402/" not in narrowed
    document = read(f"/{language}/documents/report/")
    assert word in document and f'href="/{language}/sources/report/"' in document
    assert f"/{language}/documents/report/" in read(f"/{language}/documents/")
    assert f"/{language}/documents/report/" in read(f"/{language}/sources/report/")
    lacking = read(f"/{language}/claims/nothing-known/")
    assert {"en": "A list", "ru": "Список", "kk": "Тізім"}[language] in lacking


def test_a_figure_shows_the_claims_that_rest_on_it(releases: list[Release]) -> None:
    figure = releases[1].observations(period="2021")[0].id
    assert "/en/claims/over-402/" in read(f"/en/figures/{figure}/")
    assert f"/en/figures/{figure}/" in read("/en/claims/over-402/")


def test_a_verdict_is_never_a_colour_alone(releases: list[Release]) -> None:
    for path in ("/en/claims/", "/en/claims/over-402/", "/en/documents/report/"):
        for inside in re.findall(r'<span class="verdict [^>]*>(.*?)</span>', read(path), re.S):
            assert "<svg" in inside and re.sub(r"<svg.*?</svg>", "", inside, flags=re.S).strip()


def test_every_verdict_has_a_sign_and_the_scale_is_whole() -> None:
    assert set(ORDER) == set(VERDICTS)
    signs = [sign_of(one) for one in ORDER]
    assert len({one.icon for one in signs}) == len(ORDER)
    rated = sorted(one.rating for one in signs if one.rating is not None)
    assert rated == list(range(RATINGS[0], RATINGS[1] + 1))


def test_the_badge_can_be_shown_anywhere(releases: list[Release]) -> None:
    client = Client()
    for query, word in (("", "CONTRADICTED"), (f"?release={releases[0].id}", "VERIFIED")):
        response = client.get(f"/kk/claims/over-402/badge.svg{query}")
        assert response.status_code == 200 and response["Content-Type"] == "image/svg+xml"
        assert response["Access-Control-Allow-Origin"] == "*" and response["ETag"]
        assert "public" in response["Cache-Control"]
        root = ElementTree.fromstring(response.content.decode())
        title = root.find("{http://www.w3.org/2000/svg}title")
        assert title is not None and VERDICTS[word].name["kk"] in str(title.text)
        assert root.get("role") == "img" and root.get("aria-labelledby") == title.get("id")
        again = client.get(
            f"/kk/claims/over-402/badge.svg{query}", headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304
    assert client.get("/en/claims/no-such/badge.svg").status_code == 404


def test_the_page_says_what_it_is_to_machines(releases: list[Release]) -> None:
    page = read("/en/claims/over-402/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    review = json.loads(found[1])
    assert review["@type"] == "ClaimReview" and review["url"].endswith("/en/claims/over-402/")
    assert review["claimReviewed"].startswith("Turnover exceeded")
    assert review["author"]["@type"] == "Organization" and review["datePublished"]
    rating = review["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (1, 1, 5)
    assert rating["alternateName"] == VERDICTS["CONTRADICTED"].name["en"]
    other = read("/en/claims/nothing-known/")
    assert "ratingValue" not in other, "what cannot be checked is not rated"


def test_claims_with_verdicts_as_files(releases: list[Release]) -> None:
    text = Client().get("/api/latest/claims.csv?lang=en").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["over-402"]["verdict"] == "CONTRADICTED" and rows["over-402"]["low"] == "389500000"
    assert rows["over-402"]["verdict_label"] == VERDICTS["CONTRADICTED"].name["en"]
    past = json.loads(Client().get(f"/api/{releases[0].id}/claims.json").content)
    assert {row["id"]: row["verdict"] for row in past["rows"]}["over-402"] == "VERIFIED"
    narrowed = json.loads(read("/api/latest/claims.json?verdict=NOT_CHECKABLE&source=report"))
    assert [row["id"] for row in narrowed["rows"]] == ["nothing-known"]
    assert Client().get("/api/latest/claims.json")["Access-Control-Allow-Origin"] == "*"
    assert Client().get("/api/2020-01-01-0123456789/claims.json").status_code == 404


def test_an_expression_is_computed_for_programs(releases: list[Release]) -> None:
    found = json.loads(read("/api/latest/expressions.json?e=turnover[2021]&lang=en"))
    assert found["evidence"]["point"] == "3.90E+8" and "390" in found["said"]["value"]
    past = json.loads(read(f"/api/{releases[0].id}/expressions.json?e=turnover[2021]"))
    assert past["release"] == releases[0].id and past["evidence"] != found["evidence"]
    for text, place in (("turnover[", 10), ("turnovr[2021]", 1), ("", 1)):
        response = Client().get("/api/latest/expressions.json", {"e": text, "lang": "kk"})
        body = json.loads(response.content)
        assert response.status_code == 400 and body["params"]["position"] == place
        assert body["error"] == "ExpressionFault" and body["message"]


def test_what_is_not_there_is_not_found(releases: list[Release]) -> None:
    for path in ("/en/claims/no-such/", "/en/documents/no-such/"):
        assert Client().get(path).status_code == 404
