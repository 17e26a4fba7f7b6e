"""Forms, languages, caches, other sites: what HTTP asks of an interface."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.sdmx.structures.asking import JSON_1, JSON_2, ML_21, ML_30, ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shelf")]

FLOW_1, FLOW_2 = "v1/dataflow/IRTYSH/TEST_TRADE/1.0", "v2/structure/dataflow/IRTYSH/TEST_TRADE/1.0"


@pytest.mark.parametrize(
    ("accept", "first", "second"),
    [
        ("", ML_21, ML_30),
        ("*/*", ML_21, ML_30),
        ("application/*", ML_21, ML_30),
        ("application/xml", ML_21, ML_30),
        ("text/xml", ML_21, ML_30),
        ("application/json", JSON_1, JSON_2),
        (JSON_1, JSON_1, JSON_1),
        (JSON_2, JSON_2, JSON_2),
        (ML_21, ML_21, ML_21),
        (ML_30, ML_30, ML_30),
        ("application/vnd.sdmx.structure+xml", ML_21, ML_30),
        ("application/vnd.sdmx.structure+xml;version=3.0", ML_30, ML_30),
        ("application/vnd.sdmx.structure+json; version=1.0.0-wd", JSON_1, JSON_1),
        ("application/vnd.sdmx.structure+xml;version=2.0+", ML_21, ML_21),
        ("application/vnd.sdmx.structure+xml;version=2+.9", ML_30, ML_30),
        ("application/json;q=0.5, application/xml;q=0.9", ML_21, ML_30),
        ("application/json, */*;q=0.1", JSON_1, JSON_2),
        ("*/*, application/json", JSON_1, JSON_2),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ML_21, ML_30),
        ("application/xml;q=0, */*", JSON_1, JSON_2),
        ("text/csv, application/json;q=0.2", JSON_1, JSON_2),
    ],
)
def test_the_header_accept(accept: str, first: str, second: str) -> None:
    assert ask(FLOW_1, accept)["Content-Type"] == first
    assert ask(FLOW_2, accept)["Content-Type"] == second


@pytest.mark.parametrize(
    ("named", "first", "second"),
    [
        ("jsonstructure", JSON_1, JSON_2),
        ("sdmx-json", JSON_1, JSON_2),
        ("structure", ML_21, ML_30),
        ("xml", ML_21, ML_30),
        ("application/vnd.sdmx.structure%2Bjson;version=2.0.0", JSON_2, JSON_2),
        ("application/vnd.sdmx.structure+json;version=1.0.0", JSON_1, JSON_1),
    ],
)
def test_format_wins_over_accept(named: str, first: str, second: str) -> None:
    assert ask(f"{FLOW_1}?format={named}", "application/pdf")["Content-Type"] == first
    assert ask(f"{FLOW_2}?format={named}", "application/pdf")["Content-Type"] == second


@pytest.mark.parametrize(
    "accept",
    ["text/csv", "application/pdf", "application/vnd.sdmx.structure+xml;version=9.9", "nonsense;"],
)
def test_what_is_not_offered_is_406(accept: str) -> None:
    answer = ask(FLOW_1, accept)
    assert answer.status_code == 406
    assert "application/vnd.sdmx.structure+json;version=1.0.0" in answer.body.decode()


def test_a_misspelt_parameter_is_refused_and_the_nearest_is_named() -> None:
    answer = ask("v1/data/TEST_TRADE?startperiod=2020", "application/xml")
    assert answer.status_code == 400
    assert "startPeriod" in answer.body.decode()
    assert ask(f"{FLOW_1}?_=1700000000000").status_code == 200


def test_the_same_answer_is_not_sent_twice() -> None:
    first = ask(FLOW_1)
    again = ask(FLOW_1, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.body) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = ask(FLOW_1, "application/json", **{"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    words = ask(FLOW_1, **{"If-None-Match": first["ETag"], "Accept-Language": "kk"})
    assert words.status_code == 200


def test_other_sites_may_read() -> None:
    answer = ask(FLOW_1)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert {"Accept", "Accept-Language", "Accept-Encoding"} <= {
        one.strip() for one in answer["Vary"].split(",")
    }
    preflight = Client().options(f"/sdmx/{FLOW_1}")
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_nothing_is_written() -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/sdmx/{FLOW_1}", data={})
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert b'code="1005"' in answer.content


def test_head_says_what_get_would() -> None:
    answer = Client().head(f"/sdmx/{FLOW_1}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == ask(FLOW_1)["ETag"]


def test_answers_are_compressed() -> None:
    answer = ask("v1/codelist/IRTYSH/CL_AREA", **{"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_our_own_mistake_is_told_without_its_details(monkeypatch) -> None:
    def fall(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("irtysh.api.sdmx.structures.artefacts", fall)
    answer = ask("v1/codelist")
    assert answer.status_code == 500
    assert b'code="500"' in answer.body
    assert b"secret" not in answer.body
