from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from irtysh.sources.fetching import Address, KeyMissing, address, addresses, fetch
from irtysh.sources.fetching.addresses import OnlyByHand, ParameterNeeded
from irtysh.sources.fetching.download import Tries
from irtysh.sources.snapshot import recall
from irtysh.sources.trade import LAYOUTS
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.text import LANGUAGES
from tests.sources.fetching.server import Publisher, cut, publishing

_DAY = date(2026, 11, 22)
_ANSWER = json.dumps({"data": [{"period": "2022", "reporterCode": 398}]}).encode()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(Publisher(_ANSWER)) as here:
        yield here


def _source(publisher: Publisher, **more: str) -> Address:
    return Address(
        id="test", publisher="us", layout="comtrade-api", page="https://example.org", terms="",
        licence="our own", address=publisher.address + "/get?r={reporter}&p={period}",
        defaults={"period": "2022"}, file="answer-{reporter}-{period}.json", **more,
    )  # fmt: skip


def _fetch(source: Address, folder: Path, **parameters: str):
    tries = Tries(most=3, wait=lambda _seconds: None)
    return fetch(source, {"reporter": "398", **parameters}, folder, on=_DAY, tries=tries)


def test_a_fetched_file_is_a_snapshot(publisher: Publisher, tmp_path: Path) -> None:
    publisher.moods = [cut(20)]
    kept = _fetch(_source(publisher), tmp_path)
    snapshot = recall(kept.place)
    assert snapshot.data == _ANSWER
    assert snapshot.is_whole
    assert (snapshot.name, snapshot.licence, snapshot.fetched_on) == (
        "answer-398-2022.json", "our own", _DAY,
    )  # fmt: skip
    assert snapshot.address == f"{publisher.address}/get?r=398&p=2022"
    assert kept.is_new
    assert [path.name for path in tmp_path.rglob("*.part")] == []


def test_the_second_time_the_publisher_is_asked_only_whether_it_changed(
    publisher: Publisher, tmp_path: Path
) -> None:
    first = _fetch(_source(publisher), tmp_path)
    second = _fetch(_source(publisher), tmp_path)
    assert publisher.requests[1]["if-none-match"] == '"v1"'
    assert (second.is_new, second.place) == (False, first.place)
    publisher.content, publisher.tag = b"[]", '"v2"'
    third = _fetch(_source(publisher), tmp_path)
    assert third.is_new
    assert recall(third.place).data == b"[]"
    assert recall(first.place).data == _ANSWER  # a snapshot is never written over


def test_an_equal_file_under_a_new_tag_is_no_new_snapshot(
    publisher: Publisher, tmp_path: Path
) -> None:
    first = _fetch(_source(publisher), tmp_path)
    publisher.tag = '"v2"'
    second = _fetch(_source(publisher), tmp_path)
    assert (second.is_new, second.place) == (False, first.place)


def test_a_snapshot_thrown_away_is_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    first = _fetch(_source(publisher), tmp_path)
    for path in first.place.iterdir():
        path.unlink()
    second = _fetch(_source(publisher), tmp_path)
    assert recall(second.place).data == _ANSWER
    assert "if-none-match" not in publisher.requests[1]


def test_the_key_comes_from_the_environment_and_stays_out_of_the_record(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _source(publisher, key="IRTYSH_TEST_KEY", key_header="X-Key")
    monkeypatch.delenv("IRTYSH_TEST_KEY", raising=False)
    with pytest.raises(KeyMissing):
        _fetch(source, tmp_path)
    assert publisher.requests == []
    monkeypatch.setenv("IRTYSH_TEST_KEY", "0123secret")
    kept = _fetch(source, tmp_path)
    assert publisher.requests[0]["x-key"] == "0123secret"
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json")]
    assert not any("0123secret" in text for text in written)
    assert kept.is_new


def test_what_fills_an_address_cannot_leave_it(publisher: Publisher, tmp_path: Path) -> None:
    kept = _fetch(_source(publisher), tmp_path, period="../../x&cmd=1 ?#")
    assert publisher.paths() == ["/get?r=398&p=..%2F..%2Fx%26cmd%3D1%20%3F%23"]
    assert kept.name == "answer-398-..-..-x-cmd-1---.json"


def test_blanks_are_asked_for_by_name(publisher: Publisher, tmp_path: Path) -> None:
    source = _source(publisher)
    with pytest.raises(ParameterNeeded) as missing:
        fetch(source, {}, tmp_path, on=_DAY)
    assert missing.value.params["missing"] == "reporter"
    with pytest.raises(UnknownCode) as unknown:
        fetch(source, {"repoter": "398"}, tmp_path, on=_DAY)
    assert unknown.value.params["near"] == "reporter"


def test_every_address_of_ours_is_complete() -> None:
    layouts = {layout.id for layout in LAYOUTS} | {""}
    for source in addresses().values():
        assert source.layout in layouts
        assert source.page.startswith("https://")
        if not source.address:
            assert source.note
            assert all(source.note[language] for language in LANGUAGES)
            with pytest.raises(OnlyByHand):
                source.filled({})
            continue
        filled, file = source.filled(dict.fromkeys(source.blanks, "1"))
        assert filled.startswith("https://")
        assert file
        assert not {"{", "}"} & set(filled + file)
        assert set(source.defaults) <= set(source.blanks)
        assert bool(source.key) == bool(source.key_header)
        assert "key" not in filled.casefold()


def test_known_addresses_in_full() -> None:
    filled, file = address("baci").filled({"edition": "HS92", "release": "202401b"})
    assert filled == "https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_HS92_V202401b.zip"
    assert file == "BACI_HS92_V202401b.zip"
    filled, _ = address("world-bank").filled({"indicator": "NY.GDP.MKTP.CD", "start": "2000"})
    assert filled == (
        "https://api.worldbank.org/v2/country/all/indicator/NY.GDP.MKTP.CD"
        "?format=json&per_page=32500&date=2000:2030"
    )
    with pytest.raises(UnknownCode) as unknown:
        address("bacci")
    assert "baci" in unknown.value.params["near"]


@pytest.fixture
def own_address(publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    own = {
        "mirror": {
            "publisher": "us", "layout": "", "page": "https://example.org", "terms": "",
            "licence": "our own", "address": publisher.address + "/{year}", "file": "m-{year}.csv",
        }
    }  # fmt: skip
    path = tmp_path / "addresses.yaml"
    path.write_text(yaml.safe_dump(own), encoding="utf-8")
    monkeypatch.setenv("IRTYSH_ADDRESSES", str(path))
    return publisher


def test_the_command_fetches_and_says_where(own_address: Publisher, irtysh, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    code, out, _ = irtysh("fetch", "mirror", "--year", "2021", "--copy", copy, "--json")
    said = json.loads(out)
    assert code == 0
    assert own_address.paths() == ["/2021"]
    assert (said["file"], said["new"], said["bytes"]) == ("m-2021.csv", True, len(_ANSWER))
    assert (Path(said["place"]) / "content").read_bytes() == copy.read_bytes() == _ANSWER
    code, out, _ = irtysh("fetch", "mirror", "--with", "year=2021")
    assert code == 0
    assert "has not changed" in out


def test_the_command_refuses_in_words(own_address: Publisher, irtysh) -> None:
    for language in LANGUAGES:
        code, _, err = irtysh("fetch", "rosstat", "--lang", language)
        assert code == 3
        assert "rosstat.gov.ru" in err
    assert irtysh("fetch", "mirror")[0] == 3
    assert irtysh("fetch", "mirror", "--with", "year")[0] == 2
    assert irtysh("fetch", "nowhere")[0] == 3


def test_the_command_lists_the_sources(irtysh) -> None:
    code, out, _ = irtysh("fetch", "--json")
    listed = {one["source"]: one for one in json.loads(out)}
    assert code == 0
    assert listed.keys() == addresses().keys()
    assert listed["comtrade-api"]["needs"] == ["reporter", "period"]
    code, out, _ = irtysh("fetch")
    assert "by hand only" in out
