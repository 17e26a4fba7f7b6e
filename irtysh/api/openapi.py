"""The addresses for machines described as OpenAPI 3.1, from the table of endpoints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from irtysh import __version__
from irtysh.api.asked_for import asked_language, for_machines, json_answer
from irtysh.api.conditional import conditional_on
from irtysh.api.endpoints import ENDPOINTS, JSON, Endpoint, Parameter
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import say

_TEXT = {"type": "string"}
_NUMBER = {"type": "integer", "minimum": 0}
_OBJECT = {"type": "object"}
_OBJECTS = {"type": "array", "items": _OBJECT}


def _record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _array(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


SCHEMAS: Mapping[str, Any] = {
    "Object": _OBJECT,
    "Error": _record(error=_TEXT, params=_OBJECT, message=_TEXT),
    "Releases": _record(
        releases=_array(
            _record(id=_TEXT, created_at=_TEXT, rows=_NUMBER, previous={"type": ["string", "null"]})
        )
    ),
    "Document": _record(release=_TEXT, case=_TEXT, invented={"type": "boolean"}),
    "Figure": _record(release=_TEXT, revisions=_OBJECTS, rows=_OBJECTS),
    "DatasetList": _record(
        language=_TEXT,
        datasets=_array(
            _record(
                id=_TEXT,
                title=_TEXT,
                titles=_OBJECT,
                description=_TEXT,
                structure={"enum": ["figures", "trade"]},
                kind={"enum": ["case", "imported"]},
                invented={"type": "boolean"},
                licence=_TEXT,
                observations=_NUMBER,
                version=_TEXT,
                versions=_array(_record(id=_TEXT, created_at=_TEXT)),
                latest=_OBJECT,
                this_version=_OBJECT,
            )
        ),
    ),
    "Claims": _record(about=_OBJECT, rows=_OBJECTS),
    "Expression": _record(expression=_TEXT, release=_TEXT, engine=_TEXT, said=_TEXT),
    "WrongExpression": _record(expression=_TEXT, error=_TEXT, params=_OBJECT, message=_TEXT),
    "Registers": _record(language=_TEXT, registers=_OBJECTS),
    "Evaluations": _record(evaluations=_OBJECTS),
}
"""Name → JSON schema of what is answered."""


@for_machines
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Return the description of all addresses in a language."""
    language = asked_language(request)
    server = request.build_absolute_uri("/").rstrip("/")

    def answer() -> HttpResponse:
        return json_answer(description(language, server))

    return conditional_on(request, f"openapi.{language}.{server}.{__version__}", answer)


SELF = Endpoint(
    "openapi", "/api/openapi.json", openapi, "releases", {JSON: "Object"},
    (Parameter("lang", choices=LANGUAGES, example="en"),),
)  # fmt: skip
ALL = (*ENDPOINTS, SELF)


def description(language: str, server: str) -> dict[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say("open_data", "api_title", language),
            "version": __version__,
            "description": say("openapi", "about", language),
        },
        "servers": [{"url": server}],
        "tags": [
            {"name": group, "description": say("openapi", f"group_{group}", language)}
            for group in dict.fromkeys(one.group for one in ALL)
        ],
        "paths": {one.path: {"get": _operation(one, language)} for one in ALL},
        "components": {
            "schemas": dict(SCHEMAS),
            "responses": {f"Error{status}": _error(status, language) for status in (400, 404, 429)},
        },
    }


def words(key: str, language: str) -> str:
    """Return words of the documentation: of an endpoint, a group or a parameter."""
    return say("openapi", key, language)


def _operation(endpoint: Endpoint, language: str) -> dict[str, Any]:
    blanks = [_parameter(one, "path", language) for one in endpoint.blanks()]
    query = [_parameter(one, "query", language) for one in endpoint.query]
    return {
        "operationId": endpoint.name,
        "tags": [endpoint.group],
        "summary": words(endpoint.name, language),
        "parameters": [*blanks, *query, _condition(language)],
        "responses": _responses(endpoint, language),
    }


def _parameter(one: Parameter, place: str, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if one.choices:
        schema["enum"] = list(one.choices)
    elif one.pattern:
        schema["pattern"] = f"^({one.pattern})$"
    if one.many:
        schema = {"type": "array", "items": schema}
    found: dict[str, Any] = {
        "name": one.name,
        "in": place,
        "required": place == "path",
        "description": words(f"in_{one.name}", language),
        "schema": schema,
    }
    if one.many:
        found |= {"style": "form", "explode": True}
    if one.example:
        found["example"] = one.example
    return found


def _condition(language: str) -> dict[str, Any]:
    return {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": words("in_if_none_match", language),
        "schema": {"type": "string"},
    }


def _responses(endpoint: Endpoint, language: str) -> dict[str, Any]:
    content = {
        media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {}}
        for media_type, schema in endpoint.answers.items()
    }
    found: dict[str, Any] = {
        "200": {
            "description": words("answer_200", language),
            "content": content,
            "headers": {
                name: {"description": words(f"header_{key}", language), "schema": _TEXT}
                for name, key in (("ETag", "etag"), ("Cache-Control", "cache"))
            },
        },
        "304": {"description": words("answer_304", language)},
    }
    # a parameter that admits certain values, the language first of all, refuses others
    refused = {400} if any(one.choices for one in endpoint.query) else set()
    for status in sorted({*endpoint.errors, *refused}):
        found[str(status)] = {"$ref": f"#/components/responses/Error{status}"}
    if endpoint.name == "expressions":
        found["400"] = _error(400, language, "WrongExpression")
    return found


def _error(status: int, language: str, schema: str = "Error") -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": words(f"answer_{status}", language),
        "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
    if status == 429:
        found["headers"] = {
            "Retry-After": {
                "description": words("header_retry", language),
                "schema": {"type": "string"},
            }
        }
    return found
