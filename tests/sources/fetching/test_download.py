from __future__ import annotations

import fcntl
import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from irtysh.sources.fetching.download import (
    AddressNotSafe,
    FetchAtWork,
    Fetched,
    FetchGivenUp,
    FetchRefused,
    Tries,
    download,
)
from irtysh.vocabulary.errors import TooLarge
from tests.sources.fetching.server import (
    Publisher,
    changed,
    cut,
    hangs_up,
    head,
    publishing,
    status,
)

_CONTENT = bytes(range(256)) * 2000


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(Publisher(_CONTENT)) as here:
        yield here


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def patient(waits: list[float]) -> Tries:
    return Tries(most=4, first_wait=1.0, wait=waits.append)


def test_a_whole_file(publisher: Publisher, tmp_path: Path, patient: Tries) -> None:
    part = tmp_path / "a.part"
    seen: list[tuple[int, int]] = []
    found = download(
        f"{publisher.address}/f", part, tries=patient, progress=lambda *had: seen.append(had)
    )
    assert (found.is_new, found.tag) == (True, '"v1"')
    assert part.read_bytes() == _CONTENT
    assert seen[-1] == (len(_CONTENT), len(_CONTENT))


def test_a_connection_cut_in_the_middle_goes_on_where_it_stopped(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    publisher.moods = [cut(100_000)]
    part = tmp_path / "a.part"
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT
    first, second = publisher.requests
    assert "range" not in first
    assert (second["range"], second["if-range"]) == ("bytes=100000-", '"v1"')


def test_the_next_call_goes_on_where_the_last_one_gave_up(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    publisher.moods = [cut(70_000)] + [hangs_up()] * 4
    part = tmp_path / "a.part"
    with pytest.raises(FetchGivenUp) as refusal:
        download(f"{publisher.address}/f", part, tries=patient)
    assert refusal.value.params["had"] == "70000"
    publisher.moods = []
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT
    assert publisher.requests[-1]["range"] == "bytes=70000-"


def test_a_file_changed_between_the_parts_is_fetched_anew(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    other = b"another edition" * 9000
    publisher.moods = [cut(100_000), changed(other, '"v2"')]
    part = tmp_path / "a.part"
    found = download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == other
    assert found.tag == '"v2"'


def test_a_part_of_a_file_without_tag_or_date_is_not_continued(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    publisher.tag = ""
    publisher.moods = [cut(100_000)]
    part = tmp_path / "a.part"
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT
    assert all("range" not in asked for asked in publisher.requests)


def test_an_answer_of_another_range_is_not_glued_on(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    def wrong_range(answer, here) -> bool:
        answer.send_response(206)
        answer.send_header("Content-Range", f"bytes 5-9/{len(_CONTENT)}")
        answer.send_header("Content-Length", "5")
        answer.end_headers()
        answer.wfile.write(b"xxxxx")
        return True

    publisher.moods = [cut(100_000), wrong_range]
    part = tmp_path / "a.part"
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT


def test_a_part_that_is_already_whole_is_not_fetched_again(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    part = tmp_path / "a.part"
    publisher.moods = [cut(100_000)] + [hangs_up()] * 4
    with pytest.raises(FetchGivenUp):
        download(f"{publisher.address}/f", part, tries=patient)
    part.write_bytes(_CONTENT)
    publisher.requests.clear()
    publisher.moods = []
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT
    assert [asked["range"] for asked in publisher.requests] == [f"bytes={len(_CONTENT)}-"]


def test_a_length_that_is_never_kept_is_an_error_and_not_a_short_file(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    publisher.tag = ""
    publisher.moods = [cut(1_000)] * 9
    with pytest.raises(FetchGivenUp) as refusal:
        download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)
    assert "1000" in refusal.value.params["problem"]


def test_a_busy_server_is_asked_again_as_late_as_it_says(
    publisher: Publisher, tmp_path: Path, patient: Tries, waits: list[float]
) -> None:
    publisher.moods = [status(429, Retry_After="7"), status(503), status(502)]
    part = tmp_path / "a.part"
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT
    assert waits == [7.0, 2.0, 4.0]


def test_a_date_to_come_back_on_is_honoured_within_reason(
    publisher: Publisher, tmp_path: Path, patient: Tries, waits: list[float]
) -> None:
    publisher.moods = [
        status(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"),
        status(429, Retry_After="Fri, 31 Dec 1999 23:59:59 GMT"),
        status(429, Retry_After="soon"),
    ]
    download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)
    assert waits == [120.0, 0.0, 4.0]


def test_a_server_that_stays_busy_is_given_up(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    publisher.moods = [status(429)] * 9
    with pytest.raises(FetchGivenUp) as refusal:
        download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)
    assert refusal.value.params["problem"] == "HTTP 429"
    assert len(publisher.requests) == 4


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_refusal_is_not_repeated(
    publisher: Publisher, tmp_path: Path, patient: Tries, code: int
) -> None:
    publisher.moods = [status(code)]
    with pytest.raises(FetchRefused) as refusal:
        download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)
    assert refusal.value.params["status"] == str(code)
    assert len(publisher.requests) == 1


def test_an_unchanged_file_is_not_fetched(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    part = tmp_path / "a.part"
    known = Fetched(False, '"v1"', "")
    found = download(f"{publisher.address}/f", part, known=known, tries=patient)
    assert not found.is_new
    assert not part.exists()


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_beyond_the_limit_is_refused(
    publisher: Publisher, tmp_path: Path, patient: Tries, says_length: bool
) -> None:
    def endless(answer, here) -> bool:
        answer.send_response(200)
        answer.end_headers()
        answer.wfile.write(_CONTENT)
        answer.close_connection = True
        return True

    publisher.moods = [] if says_length else [endless]
    part = tmp_path / "a.part"
    with pytest.raises(TooLarge):
        download(f"{publisher.address}/f", part, limit=50_000, tries=patient)
    assert part.stat().st_size <= 50_000


def test_the_key_does_not_follow_to_another_host(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    with publishing(Publisher(b"elsewhere")) as other:
        publisher.moods = [status(302, Location=f"{other.address}/g")]
        part = tmp_path / "a.part"
        found = download(
            f"{publisher.address}/f", part, headers={"X-Key": "secret", "Accept": "text/csv"},
            tries=patient,
        )  # fmt: skip
        assert part.read_bytes() == b"elsewhere"
        assert found.address == f"{other.address}/g"
        assert publisher.requests[0]["x-key"] == "secret"
        assert "x-key" not in other.requests[0]
        assert other.requests[0]["accept"] == "text/csv"


def test_redirects_have_an_end(publisher: Publisher, tmp_path: Path, patient: Tries) -> None:
    publisher.moods = [status(302, Location="{address}/again")] * 20
    with pytest.raises(FetchRefused):
        download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)


@pytest.mark.parametrize(
    "address", ["http://example.org/f", "ftp://127.0.0.1/f", "file:///etc/passwd", "x"]
)
def test_only_https_is_spoken_with_others(tmp_path: Path, patient: Tries, address: str) -> None:
    with pytest.raises(AddressNotSafe):
        download(address, tmp_path / "a.part", tries=patient)


def test_one_file_is_fetched_by_one(publisher: Publisher, tmp_path: Path, patient: Tries) -> None:
    with (tmp_path / "a.part.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(FetchAtWork):
            download(f"{publisher.address}/f", tmp_path / "a.part", tries=patient)
    assert publisher.requests == []


def test_a_head_without_a_body_is_not_a_file(
    publisher: Publisher, tmp_path: Path, patient: Tries
) -> None:
    def only_head(answer, here) -> bool:
        head(answer, here)
        answer.close_connection = True
        return True

    publisher.moods = [only_head]
    part = tmp_path / "a.part"
    download(f"{publisher.address}/f", part, tries=patient)
    assert part.read_bytes() == _CONTENT


def test_nobody_leads_from_outside_to_this_machine(
    publisher: Publisher, tmp_path: Path, patient: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The publisher's server, which speaks no TLS, stands for one on the other side of the world.
    monkeypatch.setattr(http.client, "HTTPSConnection", http.client.HTTPConnection)
    publisher.moods = [status(302, Location="{address}/inside")]
    far = publisher.address.replace("http:", "https:")
    with pytest.raises(AddressNotSafe):
        download(f"{far}/f", tmp_path / "a.part", tries=patient)
    assert publisher.paths() == ["/f"]
