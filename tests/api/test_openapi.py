"""The description of the addresses: whole, in three languages, and true of the running portal."""

from __future__ import annotations

import json
import re

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from irtysh.api.narrowing import COLUMNS
from irtysh.api.openapi import ALL, description
from irtysh.vocabulary.text import LANGUAGES
from tests.api.shelf import get, records

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_PLAIN = {"Accept-Encoding": "identity"}  # this transport does not unpack
_FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def document(language: str = "en") -> dict:
    return description(language, "http://testserver")


def test_every_route_for_machines_is_described():
    described = {one.name for one in ALL}
    routed = set()
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "app_name", "") == "api":
            routed |= {one.name for one in pattern.url_patterns if one.name}
    assert routed == {one.name for one in ALL if one.path.startswith("/api/")}
    assert described == {
        operation["get"]["operationId"] for operation in document()["paths"].values()
    }


def test_the_address_of_every_example_is_routed():
    for endpoint in ALL:
        path = endpoint.path
        for blank in endpoint.blanks():
            assert re.fullmatch(blank.pattern or "|".join(blank.choices), blank.example)
            path = path.replace("{" + blank.name + "}", blank.example)
        assert get_resolver().resolve(path).func is endpoint.view, path


def test_the_description_is_whole_in_every_language(open_shelf):
    for language in LANGUAGES:
        answer = get(f"/api/openapi.json?lang={language}")
        found = json.loads(answer.body)
        assert found["openapi"].startswith("3.1")
        for operation in (one["get"] for one in found["paths"].values()):
            assert operation["summary"]
            assert all(one["description"] for one in operation["parameters"])
            assert {"200", "304"} <= set(operation["responses"])
    texts = [json.dumps(document(language)["info"]) for language in LANGUAGES]
    assert len(set(texts)) == len(LANGUAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("endpoint", ALL, ids=lambda one: one.name)
def test_the_portal_answers_as_described(endpoint, served, open_shelf):
    """Addresses drawn from the description: no error of ours, no status that it does not name."""
    schema = schemathesis.openapi.from_dict(document())
    schema.app = served
    operation = schema[endpoint.path]["GET"]

    @_FEW
    @given(case=operation.as_strategy())
    def answers(case):
        case.call_and_validate(checks=CHECKS, headers=_PLAIN)

    answers()


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "csv-metadata.json", "json", "jsonstat", "zip"])
def test_questions_about_a_dataset_that_exists_are_answered_as_described(form, served, open_shelf):
    schema = schemathesis.openapi.from_dict(document())
    schema.app = served
    operation = schema["/api/{release}/datasets/{dataset}.{form}"]["GET"]

    rows = records("TEST_TRADE")
    held = {name: sorted({row[name] for row in rows} - {""}) for name in {*COLUMNS} & {*rows[0]}}

    @_FEW
    @given(case=operation.as_strategy(), known=st.booleans(), data=st.data())
    def answers(case, known, data):
        case.path_parameters = {"release": "latest", "dataset": "TEST_TRADE", "form": form}
        if known:  # codes drawn from letters are refused, all but never answered with data
            columns = [name for name in case.query or {} if held.get(name)]
            for name in columns:
                case.query[name] = data.draw(st.lists(st.sampled_from(held[name]), min_size=1))
        case.call_and_validate(checks=CHECKS, headers=_PLAIN)

    answers()


def test_the_limit_is_described_as_it_is_set():
    assert django_settings.IRTYSH_FILES_A_MINUTE == 0  # tests ask as often as they like
    assert (
        "429" in document()["paths"]["/api/{release}/datasets/{dataset}.{form}"]["get"]["responses"]
    )
