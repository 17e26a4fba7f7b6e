"""The one table of addresses for machines: Django's routes and OpenAPI are both made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http.response import HttpResponseBase

from irtysh.api import catalogue, claims, downloads, evaluations, registers, views
from irtysh.api.narrowing import COLUMNS, LEVELS
from irtysh.publication.catalogue_rdf import TYPES as GRAPHS
from irtysh.registries.records.bulk_export import TYPES as REGISTER_FORMS
from irtysh.vocabulary.text import LANGUAGES

JSON = "application/json"
_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
_DAY = "2021, 2021-Q3, 2021-07-31"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of an address, or a name in its query.

    Attributes
    ----------
    name : str
        Also the key of its words in definitions/messages/openapi.yaml, as ``in_NAME``.
    pattern : str
        What fits there; empty for any text.
    choices : tuple of str
        The values that there are; empty where any fitting text is one.
    example : str
    many : bool
        True where it may stand several times.
    """

    name: str
    pattern: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address with what it takes and gives.

    Attributes
    ----------
    name : str
        Of the route, and key of its words.
    path : str
        With blanks in braces, each one of BLANKS or of ``own``.
    view : callable
    group : str
        Which chapter of the documentation it stands in.
    answers : dict
        Media type → name of a schema of ``irtysh.api.openapi``, or "" for a file.
    query : tuple of Parameter
    own : dict
        Blanks that mean something else here than in BLANKS.
    errors : tuple of int
        Statuses besides 200, 304 and 405.
    """

    name: str
    path: str
    view: Callable[..., HttpResponseBase]
    group: str
    answers: Mapping[str, str]
    query: tuple[Parameter, ...] = ()
    own: Mapping[str, Parameter] = field(default_factory=dict)
    errors: tuple[int, ...] = (404,)

    def blanks(self) -> list[Parameter]:
        """Return the blanks of the path in their order."""
        names = re.findall(r"{(\w+)}", self.path)
        return [self.own.get(name) or BLANKS[name] for name in names]

    def route(self) -> str:
        """Return the regular expression of the path, from the beginning of the path."""
        known = {one.name: one for one in self.blanks()}
        parts = re.split(r"{(\w+)}", self.path.removeprefix("/"))
        return (
            "^"
            + "".join(
                f"(?P<{part}>{_pattern(known[part])})" if number % 2 else re.escape(part)
                for number, part in enumerate(parts)
            )
            + "$"
        )


def _pattern(blank: Parameter) -> str:
    return "|".join(map(re.escape, blank.choices)) if blank.choices else blank.pattern


_RELEASE = Parameter("release", r"latest|\d{4}-\d{2}-\d{2}-[0-9a-f]{10}", example="latest")
BLANKS: Mapping[str, Parameter] = {
    one.name: one
    for one in (
        _RELEASE,
        Parameter("name", "[a-z_]+", example="findings"),
        Parameter("dataset", "[A-Z0-9_]+", example="TRADE_PARTNER"),
        Parameter("figure", "[0-9a-f]{12}", example="0123456789ab"),
        Parameter("language", "[a-z]{2}", example="ru"),
        Parameter("chart", "[a-z0-9-]+", example="turnover"),
        Parameter("register", "[a-z_]+", example="organisations"),
        Parameter("number", "latest|[0-9]{1,9}", example="latest"),
    )
}
_LANG = Parameter("lang", choices=LANGUAGES, example="en")
_NARROWING = (
    _LANG,
    *(Parameter(name, many=True) for name in COLUMNS),
    Parameter("start", example="2019"),
    Parameter("end", example="2023-Q2"),
    Parameter("level", choices=LEVELS, example="2"),
)


def _forms(*names: str) -> dict[str, Parameter]:
    return {"form": Parameter("form", choices=names, example=names[0])}


def _files(types: Iterable[str]) -> dict[str, str]:
    return {media_type.split(";")[0]: "" for media_type in types}


def _document(**kwargs: Any) -> Endpoint:
    return Endpoint(answers={JSON: kwargs.pop("schema")}, **kwargs)


_TEXTS = tuple(form for form in downloads.TYPES if form != "csv")

ENDPOINTS: tuple[Endpoint, ...] = (
    _document(name="datasets", path="/api/datasets/", view=catalogue.dataset_list,
              group="data", schema="DatasetList", query=(_LANG,)),
    Endpoint("dataset", "/api/{release}/datasets/{dataset}.{form}", downloads.dataset, "data",
             _files(downloads.TYPES.values()), (*_NARROWING, Parameter("bom", choices=("1", "0"))),
             _forms(*downloads.TYPES), (400, 404, 429)),
    _document(name="figure", path="/api/{release}/figures/{figure}.json", view=views.figure,
              group="data", schema="Figure", query=(_LANG,)),
    Endpoint("catalogue", "/catalog.{form}", catalogue.graph, "data", _files(GRAPHS.values()),
             own=_forms(*GRAPHS), errors=()),
    _document(name="releases", path="/api/releases.json", view=views.release_list,
              group="releases", schema="Releases", errors=()),
    _document(name="manifest", path="/api/{release}/manifest.json", view=views.release_manifest,
              group="releases", schema="Object", query=(_LANG,)),
    _document(name="document", path="/api/{release}/documents/{name}.json", view=views.document,
              group="releases", schema="Document", query=(_LANG,)),
    Endpoint("chart", "/api/{release}/charts/{language}/{chart}.{form}", views.chart, "releases",
             {"image/svg+xml": "", "image/png": ""}, (_LANG,), _forms("svg", "png")),
    Endpoint("claims", "/api/{release}/claims.{form}", claims.claims, "claims",
             {"text/csv": "", JSON: "Claims"},
             (_LANG, *(Parameter(name, many=True) for name in ("verdict", "source", "kind"))),
             _forms("csv", "json"), (404, 429)),
    _document(name="expressions", path="/api/{release}/expressions.json", view=claims.expression,
              group="claims", schema="Expression", errors=(400, 404),
              query=(_LANG, Parameter("e", example="growth(turnover[2020], turnover[2021])"))),
    _document(name="registers", path="/api/registers/", view=registers.register_list,
              group="registers", schema="Registers", query=(_LANG,)),
    Endpoint("register", "/api/registers/{register}.{form}", registers.register_file, "registers",
             _files(REGISTER_FORMS.values()), (_LANG, Parameter("q", example="зерно")),
             _forms("csv", "xlsx", "json"), (404, 429)),
    _document(name="evaluations", path="/api/evaluations/", view=evaluations.evaluation_list,
              group="evaluations", schema="Evaluations", query=(_LANG,)),
    _document(name="evaluation", path="/api/evaluations/{number}.json",
              view=evaluations.evaluation, group="evaluations", schema="Object", query=(_LANG,)),
)  # fmt: skip
"""Every address for machines that is not SDMX; that of the description itself is added there."""
