import json
import re
from decimal import Decimal as D
from pathlib import Path

import pytest
import yaml

from irtysh.indicators import known
from irtysh.indicators.catalogue import (
    Definition,
    DefinitionBroken,
    catalogue,
    definition,
    read_definition,
)
from irtysh.indicators.compute import SHAPES, thresholds
from irtysh.indicators.tables import grouping
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS, ROOT
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import catalogue as messages

ALL = list(catalogue().values())
IDS = [one.id for one in ALL]


def test_the_catalogue_is_large_enough_and_in_order():
    assert len(ALL) >= 20
    assert [one.order for one in ALL] == sorted({one.order for one in ALL})


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_a_definition_is_whole_in_three_languages(one):
    for text in (one.title, one.short, one.description, one.convention):
        assert not text.missing(LANGUAGES)
        assert len(set(text.values())) > 1 or text["ru"] in ("Экспорт", "Импорт")
    for words in (*one.symbols.values(), *one.edge_rules.values(), *(s.label for s in one.scale)):
        assert not words.missing(LANGUAGES)
    assert not re.search(r"[әғқңөұүһі]", one.title["ru"] + one.description["ru"])
    assert re.search(r"[әғқңөұүһі]", one.description["kk"])
    assert not re.search(r"[а-яё]", one.description["en"], re.IGNORECASE)


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_a_definition_names_a_function_a_shape_and_real_codes(one):
    assert callable(one.compute)
    assert one.inputs["shape"] in SHAPES
    assert set(one.inputs["select"]) <= set(known.SeriesKey._fields)
    assert one.level in (1, 2, 3)
    assert one.edge_rules
    assert one.digits >= 0
    for reference in one.reference:
        assert reference["author"]
        assert 1900 < reference["year"] < 2030
    if "grouping" in one.inputs:
        members = [m for g in grouping(one.inputs["grouping"])["groups"] for m in g["members"]]
        assert sorted(members) == sorted(set(codelist("hs_sections")) - {"_T"})


def test_every_family_of_functions_is_used():
    used = {one.function for one in ALL}
    for family in (
        "growth",
        "shares",
        "balance",
        "concentration",
        "entropy",
        "structure",
        "ranking",
        "decumulate",
        "seasons",
        "breaks",
        "cusum",
        "forecast",
        "backtest",
        "deflation",
        "market_share",
        "price_volume",
    ):
        assert any(f".{family}." in function for function in used)


def test_the_verbal_scale_is_data_and_a_wide_interval_touches_several_classes():
    ryabtsev = definition("structure-ryabtsev")
    assert ryabtsev.classes(D("0.133"), D("0.133")) == ("low",)
    assert ryabtsev.classes(D("0.030"), D("0.030")) == ("identical",)
    assert ryabtsev.classes(D("0.144"), D("0.152")) == ("low", "substantial")
    assert ryabtsev.classes(D(0), D(1))[0] == "identical"
    assert ryabtsev.classes(D(0), D(1))[-1] == "full_opposition"
    assert definition("gini").classes(D(0), D(1)) == ()


def test_salai_is_never_a_headline():
    assert not definition("structure-salai").headline


def test_flags_and_thresholds_have_words():
    flags = codelist("flags")
    for code in flags.values():
        assert not code.name.missing(LANGUAGES)
        assert code.extra["severity"] in ("note", "warning", "error")
    for entry in yaml.safe_load(
        (DEFINITIONS / "thresholds" / "indicators.yaml").read_text("utf-8")
    ).values():
        assert not Text(entry["reason"]).missing(LANGUAGES)
    assert set(thresholds()) == {"low_coverage", "coverage_shift"}
    for name in ("symbols", "edge_rules", "derivations"):
        for words in messages(name).values():
            assert not Text(words).missing(LANGUAGES)


def test_every_flag_and_reason_of_the_code_is_in_the_list():
    flags = codelist("flags")
    for room in ("stats", "indicators"):
        for path in (ROOT / "irtysh" / room).glob("*.py"):
            text = path.read_text("utf-8")
            found = re.findall(r'reason="([A-Z_]+)"', text)
            if room == "indicators":
                found += re.findall(r'flags(?:\.append\(|\[|=\(\*flags, )"([A-Z_]+)"', text)
            for code in found:
                assert code in flags, (path.name, code)


def test_every_symbol_and_rule_with_words_is_used():
    assert set(messages("symbols")) == {symbol for one in ALL for symbol in one.symbols}
    assert set(messages("edge_rules")) == {rule for one in ALL for rule in one.edge_rules}


def test_an_unknown_indicator_is_named():
    with pytest.raises(UnknownCode):
        definition("no-such-thing")


def broken(tmp_path: Path, **changes):
    raw = yaml.safe_load((DEFINITIONS / "indicators" / "gini.yaml").read_text("utf-8"))
    for name, value in changes.items():
        if value is None:
            del raw[name]
        else:
            raw[name] = value
    path = tmp_path / "gini.yaml"
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    with pytest.raises(DefinitionBroken) as raised:
        read_definition(path)
    assert raised.value.params["file"] == "gini.yaml"
    return raised.value.params["problem"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "title"),
        ({"colour": "red"}, "colour"),
        ({"id": "other"}, "name of the file"),
        ({"title": {"ru": "а", "en": "a"}}, "kk"),
        ({"family": "x"}, "family"),
        ({"higher_is": "x"}, "higher_is"),
        ({"unit": "XX"}, "unit"),
        ({"function": "os.system"}, "irtysh.stats"),
        ({"function": "irtysh.stats.concentration.nothing"}, "nothing"),
        ({"function": "irtysh.stats.nothing.here"}, "nothing"),
        ({"edge_rules": ["nothing"]}, "nothing"),
        ({"symbols": ["?"]}, "?"),
        ({"digits": "many"}, "many"),
    ],
)
def test_a_broken_definition_says_what_is_wrong(tmp_path, changes, said):
    assert said in broken(tmp_path, **changes)


def test_the_methodology_lists_every_indicator():
    text = (ROOT / "docs" / "methodology" / "indicators.md").read_text("utf-8")
    for one in ALL:
        assert f"`{one.id}`" in text


@pytest.mark.parametrize("one", ALL, ids=IDS)
def test_a_definition_is_plain_json_for_a_release(one):
    plain = json.loads(json.dumps(one.to_json()))
    assert plain["title"] == dict(one.title)
    assert len(plain["scale"]) == len(one.scale)


def test_a_release_keeps_definitions_whole():
    for one in catalogue().values():
        kept = json.loads(json.dumps(one.to_json(), ensure_ascii=False))
        assert Definition.from_json(kept) == one
