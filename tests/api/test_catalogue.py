"""The list of datasets and the catalogue: valid, complete, and every address in it answers."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pyshacl
import pytest
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from irtysh.registries.records.shelf import catalogue
from irtysh.vocabulary.places import ROOT
from tests.api.shelf import get
from tests.release import published

pytestmark = [
    pytest.mark.usefixtures("open_shelf"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),  # rdflib of itself
]
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FORMATS = {"jsonld": "json-ld", "ttl": "turtle", "rdf": "xml"}


def graph(form: str = "ttl") -> Graph:
    answer = get(f"/catalog.{form}")
    assert answer.status_code == 200
    return Graph().parse(data=answer.body, format=FORMATS[form])


def conforms(found: Graph) -> tuple[bool, str]:
    shapes = Graph().parse(ROOT / "tests" / "golden" / "dcat-ap-3.0.1.ttl")
    is_good, _graph, text = pyshacl.validate(found, shacl_graph=shapes, advanced=False)
    return is_good, text


def test_the_catalogue_fits_the_profile():
    is_good, text = conforms(graph())
    assert is_good, text


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        (DCAT.Dataset, DCTERMS.title),
        (DCAT.Dataset, DCTERMS.description),
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.DataService, DCAT.endpointURL),
    ],
)
def test_the_profile_notices_what_is_left_out(kind, predicate):
    found = graph()
    thing = next(found.subjects(RDF.type, kind))
    found.remove((thing, predicate, None))
    assert not conforms(found)[0]


def test_the_three_forms_say_the_same():
    turtle = graph("ttl")
    assert len(turtle) > 100
    for form in ("jsonld", "rdf"):
        assert isomorphic(graph(form), turtle), form


def test_a_text_with_every_awkward_sign_survives_all_forms():
    from irtysh.publication import catalogue_graph as words
    from irtysh.publication.catalogue_rdf import written

    text = 'A "quote", a \\ slash,\n<tag> & Қазақ’s\ttab'
    made = words.Graph("https://example.org")
    made.say(words.Iri("https://example.org/a b>c"), "dct:title", words.Literal(text, "kk"))
    for form, name in FORMATS.items():
        found = Graph().parse(data=written(made, form), format=name)
        [(_subject, _predicate, value)] = found
        assert value == Literal(text, lang="kk")


def test_titles_are_in_three_languages_and_versions_follow_each_other():
    found = graph()
    for dataset in catalogue().all():
        node = next(found.subjects(DCTERMS.identifier, Literal(dataset)))
        assert {title.language for title in found.objects(node, DCTERMS.title)} == {
            "ru", "kk", "en",
        }  # fmt: skip
        versions = list(found.objects(node, DCAT.hasVersion))
        assert len(versions) == len(catalogue().versions(dataset))
        assert found.value(node, DCAT.hasCurrentVersion) in versions
        spans = list(found.objects(node, DCTERMS.temporal))
        assert len(spans) == 1


def test_every_file_of_the_catalogue_answers():
    found = graph()
    addresses = {str(one) for one in found.objects(None, DCAT.downloadURL)}
    assert len(addresses) == 2 * 7  # six forms now, and a package of each version
    for address in sorted(addresses):
        parts = urlsplit(address)
        assert parts.netloc == "testserver"
        assert get(parts.path).status_code == 200, address
    assert URIRef("http://testserver/catalog") in set(found.subjects(RDF.type, DCAT.Catalog))


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_list_gives_every_form_of_every_version(language):
    said = json.loads(get(f"/api/datasets/?lang={language}").body)
    listed = {one["id"]: one for one in said["datasets"]}
    assert set(listed) == {"TRADE_PARTNER", "TEST_TRADE"}
    trade = listed["TEST_TRADE"]
    title = {"ru": "Пробная торговля", "kk": "Сынама сауда", "en": "Test trade"}
    assert (trade["title"], trade["titles"]) == (title[language], title)
    assert (trade["structure"], trade["kind"], trade["invented"]) == ("trade", "imported", True)
    assert (trade["first_day"], trade["last_day"]) == ("2019-01-01", "2023-12-31")
    assert trade["versions"][0]["id"] == trade["version"]
    for name in ("latest", "this_version"):
        for address in trade[name].values():
            assert get(urlsplit(address).path).status_code == 200


def test_the_list_is_kept_until_something_is_published(settings, tmp_path):
    first = get("/api/datasets/")
    assert get("/api/datasets/", if_none_match=first["ETag"]).status_code == 304
    settings.IRTYSH_DATASETS = tmp_path
    assert get("/api/datasets/", if_none_match=first["ETag"]).status_code == 200


def test_an_empty_portal_has_an_empty_catalogue(settings, tmp_path):
    settings.IRTYSH_DATASETS = settings.IRTYSH_RELEASES = tmp_path
    assert json.loads(get("/api/datasets/").body)["datasets"] == []
    assert list(graph().subjects(RDF.type, DCAT.Dataset)) == []


@pytest.mark.parametrize("dataset", ["TARGETS", "BORDER", "TRADE_PARTNER"])
def test_every_access_address_of_the_real_case_answers(dataset, settings, tmp_path):
    """Figures of no year are not to be had by SDMX, and the catalogue does not say they are."""
    settings.IRTYSH_RELEASES = published("omsk-kazakhstan")
    settings.IRTYSH_DATASETS = tmp_path
    addresses = [str(one) for one in graph().objects(None, DCAT.accessURL) if dataset in str(one)]
    assert addresses
    for address in addresses:
        parts = urlsplit(address)
        assert get(f"{parts.path}?{parts.query}".rstrip("?")).status_code == 200, address
