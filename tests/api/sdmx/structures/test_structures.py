"""Structure queries of both generations: what is asked for, in the form asked for."""

from __future__ import annotations

import pytest

from tests.api.sdmx.structures.asking import JSON_1, JSON_2, ML_21, ML_30, ask, ids, said
from tests.sdmx.structures.schemas import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shelf")]

KINDS_1 = (
    "agencyscheme dataproviderscheme categoryscheme conceptscheme codelist datastructure dataflow "
    "provisionagreement categorisation contentconstraint hierarchicalcodelist metadatastructure "
    "metadataflow organisationscheme structureset structure"
).split()
KINDS_2 = (
    "agencyscheme dataproviderscheme categoryscheme conceptscheme codelist datastructure dataflow "
    "provisionagreement categorisation dataconstraint hierarchy metadatastructure metadataflow "
    "organisationscheme structuremap representationmap *"
).split()


@pytest.mark.parametrize("kind", KINDS_1)
def test_every_kind_of_the_first_generation_is_valid(kind: str) -> None:
    assert faults("ml21", ask(f"v1/{kind}").body) == []
    assert faults("json1", ask(f"v1/{kind}", JSON_1).body) == []


@pytest.mark.parametrize("kind", KINDS_2)
def test_every_kind_of_the_second_generation_is_valid(kind: str) -> None:
    assert faults("ml30", ask(f"v2/structure/{kind}").body) == []
    assert faults("json2", ask(f"v2/structure/{kind}", JSON_2).body) == []


@pytest.mark.parametrize(
    "path",
    [
        "v1/dataflow/IRTYSH/TEST_TRADE/1.0",
        "v1/dataflow/IRTYSH/TEST_TRADE/latest/",
        "v1/dataflow/all/TEST_TRADE/all",
        "v1/dataflow/IRTYSH+OTHER/TEST_TRADE",
        "v1/dataflow/IRTYSH/TEST_TRADE+NOBODY/1.0+2.0",
        "v2/structure/dataflow/IRTYSH/TEST_TRADE/+",
        "v2/structure/dataflow/*/TEST_TRADE/~/",
        "v2/structure/dataflow/IRTYSH,OTHER/TEST_TRADE,NOBODY/1.0,9.0",
        "v2/structure/dataflow/IRTYSH/TEST_TRADE/1.0.0",
    ],
)
def test_addresses_of_one_dataflow(path: str) -> None:
    assert ids(ask(path), "Dataflow") == ["TEST_TRADE"]


def test_everything_is_the_default() -> None:
    flows = ["TRADE_PARTNER", "TEST_TRADE"]
    for path in ("v1/dataflow", "v1/dataflow/", "v1/dataflow/all/all/all", "v1/dataflow/IRTYSH"):
        assert ids(ask(path), "Dataflow") == flows
    for path in ("v2/structure/dataflow", "v2/structure/dataflow/*/*/*"):
        assert ids(ask(path), "Dataflow") == flows


def test_items_are_sent_alone() -> None:
    one = ask("v1/codelist/IRTYSH/CL_AREA/1.0/KZ+RU-OMS")
    assert sorted(ids(one, "Code")) == ["KZ", "RU-OMS"]
    two = said(ask("v2/structure/conceptscheme/IRTYSH/CS_IRTYSH/1.0/FREQ", JSON_2))
    (scheme,) = two["data"]["conceptSchemes"]
    assert scheme["isPartial"] is True
    assert [item["id"] for item in scheme["concepts"]] == ["FREQ"]


def test_names_are_there_in_three_languages_in_every_form() -> None:
    path = "codelist/IRTYSH/CL_TRADE_FLOW/1.0/X"
    for address, form in ((f"v1/{path}", ML_21), (f"v2/structure/{path}", ML_30)):
        body = ask(address, form).body.decode()
        for language in ("ru", "kk", "en"):
            assert f'xml:lang="{language}"' in body
    (listed,) = said(ask(f"v1/{path}", JSON_1, **{"Accept-Language": "kk"}))["data"]["codelists"]
    assert listed["codes"][0]["name"] == "Экспорт"
    assert set(listed["codes"][0]["names"]) == {"ru", "kk", "en"}


def test_the_reader_chooses_the_best_matching_name() -> None:
    path = "v1/codelist/IRTYSH/CL_TRADE_FLOW/1.0/T?format=jsonstructure"
    names = {
        language: said(ask(path, **{"Accept-Language": language}))["data"]["codelists"][0]["codes"][
            0
        ]["name"]
        for language in ("ru", "kk-KZ,ru;q=0.5", "en-GB", "fr")
    }
    assert list(names.values())[:3] == ["Товарооборот", "Тауар айналымы", "Turnover"]


def test_references_and_detail_reach_the_artefacts() -> None:
    answer = ask("v1/dataflow/IRTYSH/TEST_TRADE/1.0?references=children&detail=referencestubs")
    assert ids(answer, "DataStructure") == ["TRADE"]
    assert ids(answer, "Dimension") == []
    stubs = ask("v1/codelist?detail=allstubs")
    assert ids(stubs, "Code") == []
    assert "CL_AREA" in ids(stubs, "Codelist")
    path = "v1/dataflow/IRTYSH/TEST_TRADE/1.0?references=all&detail=referencepartial"
    lists = {one["id"]: one for one in said(ask(path, JSON_1))["data"]["codelists"]}
    assert [code["id"] for code in lists["CL_FREQ"]["codes"]] == ["A", "M"]


def test_clients_that_take_anything_get_what_sdmx1_can_read() -> None:
    path = "v2/structure/dataflow/IRTYSH/TEST_TRADE/+?references=all"
    assert ids(ask(path, "*/*"), "DataProviderScheme") == []
    assert ids(ask(path, ML_30), "DataProviderScheme") == ["DATA_PROVIDERS"]
    asked = ask("v2/structure/dataproviderscheme", "*/*")
    assert ids(asked, "DataProviderScheme") == ["DATA_PROVIDERS"]


def test_the_actual_constraint_names_what_occurs() -> None:
    message = said(ask("v2/structure/dataconstraint/IRTYSH/CC_TEST_TRADE", JSON_2))
    (constraint,) = message["data"]["dataConstraints"]
    assert constraint["role"] == "Actual"
    (region,) = constraint["cubeRegions"]
    values = {key["id"]: key.get("values") for key in region["keyValues"]}
    assert values["FREQ"] == ["A", "M"]
    assert set(values["MEASURE"]) == {"VALUE", "WEIGHT", "QUANTITY"}
    assert "H5_100199" in values["COMMODITY"]
    assert "_T" in values["COMMODITY"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("v1/codelist/IRTYSH/NOPE", 404, 100),
        ("v1/codelist/OTHER", 404, 100),
        ("v1/process", 404, 100),
        ("v1/nonsense", 400, 140),
        ("v1/codelist/IRTYSH/CL_AREA/1.0/KZ/more", 400, 140),
        ("v1/codelist?detail=everything", 400, 140),
        ("v1/codelist?references=friends", 400, 140),
        ("v1/dataflow/IRTYSH/TEST_TRADE/1.0/KZ", 400, 140),
        ("v1/codelist/IRTYSH/CL AREA", 400, 140),
        ("v2/structure/nonsense", 400, 140),
        ("v2/structure/codelist/IRTYSH/NOPE", 404, 100),
        ("v1/metadata/flow", 501, 501),
        ("v2/registration/id/1", 501, 501),
        ("v3/dataflow", 400, 140),
    ],
)
def test_errors_are_sdmx_errors(path: str, status: int, code: int) -> None:
    answer = ask(path)
    assert answer.status_code == status
    assert faults("ml21" if "v2/" not in path else "ml30", answer.body) == []
    assert f'code="{code}"' in answer.body.decode()
    as_json = ask(path, "application/json", **{"Accept-Language": "kk"})
    assert as_json.status_code == status
    (error,) = said(as_json)["errors"]
    assert error["code"] == code
    assert error["title"] == error["titles"]["kk"]
    assert faults("json1", as_json.body) == []
