"""Requests drawn at random from the operations of the standard: never an error of the server."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import status_code_conformance

from tests.api.sdmx.structures.official import official
from tests.api.sdmx.structures.operations import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shelf")]

OPERATIONS = {
    f"{name} {one.ok().path}": one.ok()
    for name, schema in {
        "ours": document(),
        "official": official(),
        "known ids": official(known=True),
    }.items()
    for one in schemathesis.openapi.from_dict(schema).get_all_operations()
}
_NOT_SERVED = ("/sdmx/v2/metadata", "/sdmx/v2/registration")
_SOME = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", list(OPERATIONS))
def test_every_request_ends_as_the_standard_has_it(name: str, served: WSGIHandler) -> None:
    operation = OPERATIONS[name]
    operation.app = served
    statuses = set()

    @_SOME
    @given(case=operation.as_strategy())
    def asked(case: schemathesis.Case) -> None:
        answer = case.call(headers={"Accept-Encoding": "identity"})
        # A NUL in an address is refused before any view, and 501 is an answer of the standard.
        case.validate_response(answer, checks=[status_code_conformance])
        statuses.add(answer.status_code)

    asked()
    if name.startswith("known ids") and not operation.path.startswith(_NOT_SERVED):
        assert 200 in statuses
