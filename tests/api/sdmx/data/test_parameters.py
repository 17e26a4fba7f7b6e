"""A parameter that a kind of query does not have is refused, not passed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from tests.flows import flow_rows, published_flows

pytestmark = pytest.mark.django_db  # what is not found is looked for among redirects

V1 = "/sdmx/v1/data/TEST_TRADE"
V2 = "/sdmx/v2/data/dataflow/IRTYSH/TEST_TRADE/1.0"
OPEN_1 = "/sdmx/v1/availableconstraint/TEST_TRADE"
OPEN_2 = "/sdmx/v2/availability/dataflow/IRTYSH/TEST_TRADE/1.0"
FLOWS_1 = "/sdmx/v1/dataflow/IRTYSH/TEST_TRADE"
FLOWS_2 = "/sdmx/v2/structure/dataflow/IRTYSH/TEST_TRADE"
SCHEMA = "/sdmx/v1/schema/dataflow/IRTYSH/TEST_TRADE/1.0"
IMTS = "/sdmx/imts/TEST_TRADE"
CLIENTS = [
    # rsdmx 0.6.2
    f"{V1}/all/all/?startPeriod=2020&endPeriod=2022",
    "/sdmx/v1/datastructure/all/TRADE/latest/?references=children",
    # sdmx1 2.28
    f"{V1}/..X..KZ.?startPeriod=2020&dimensionAtObservation=AllDimensions",
    "/sdmx/v1/dataflow/IRTYSH/TEST_TRADE/latest?references=all",
    # pysdmx 1.21
    "/sdmx/v1/data/IRTYSH,TEST_TRADE,1.0/all?detail=full&includeHistory=false",
    f"{V2}/*?attributes=dsd&measures=all&includeHistory=false&offset=0",
    # sdmx-rest of npm
    f"{V1}/all/all?dimensionAtObservation=TIME_PERIOD&detail=full&includeHistory=false"
    "&startPeriod=2020",
    f"{OPEN_1}/all/all/all?mode=exact&references=none",
    # pages of .Stat, and jQuery that keeps caches from answering
    f"{V1}/all?dimensionAtObservation=AllDimensions&format=jsondata",
    f"{V1}/all?format=csvfilewithlabels&lang=kk&_=1700000000000",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two vintages of declared flows, of the 20th and the 25th of November."""
    folder = tmp_path_factory.mktemp("datasets")
    rows = list(flow_rows())
    published_flows(folder, rows, created_at=datetime(2026, 11, 20, tzinfo=UTC))
    published_flows(folder, rows[:-1], created_at=datetime(2026, 11, 25, tzinfo=UTC))
    return folder


@pytest.fixture(autouse=True)
def shown(folder: Path, tmp_path: Path) -> Iterator[None]:
    with override_settings(IRTYSH_DATASETS=folder, IRTYSH_RELEASES=tmp_path):
        yield


def status(client: Client, address: str, **headers: str) -> int:
    response: Any = client.get(address, headers=headers)
    if response.streaming:
        list(response.streaming_content)
    return int(response.status_code)


@pytest.mark.parametrize("address", CLIENTS)
def test_what_clients_send_is_answered(client: Client, address: str) -> None:
    assert status(client, address) == 200


@pytest.mark.parametrize(
    ("address", "near"),
    [
        (f"{V1}?startperiod=2020", "startPeriod"),
        (f"{V1}?c[REF_AREA]=KZ", "startPeriod"),  # of the second generation: it chose nothing here
        (f"{V1}?measures=none", "detail"),
        (f"{V1}?updatedBefore=2020-01-01", "updatedAfter"),
        (f"{V2}?detail=serieskeysonly", "attributes"),
        (f"{OPEN_1}?asOf=2020-01-01", "mode"),
        (f"{OPEN_2}?firstNObservations=1", "mode"),
        (f"{FLOWS_1}?startPeriod=2020", "references"),
        (f"{FLOWS_2}?reference=all", "references"),
        (f"{SCHEMA}?dimensionAtObservations=X", "dimensionAtObservation"),
        (f"{IMTS}?updatedAfter=2020-01-01", "key"),
        (f"{IMTS}?detail=dataonly", "key"),
    ],
)
def test_what_would_be_passed_over_is_refused(client: Client, address: str, near: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert near in response.content.decode()


@pytest.mark.parametrize("address", [OPEN_1, OPEN_2])
def test_what_there_would_be_since_a_moment(client: Client, address: str) -> None:
    def since(moment: str) -> int:
        return status(client, f"{address}?updatedAfter={moment}")

    assert since("2026-11-01") == 200  # all of it is new to the reader
    assert since("2026-11-22T00:00:00Z") == 501  # what changed is told by data
    assert since("2026-11-25T00:00:00Z") == 404
    # the same moment as it is written in Omsk and in Astana, and without a zone as in Omsk
    for moment in ("2026-11-25T06:00:00%2B06:00", "2026-11-25T05:00:00+05:00",
                   "2026-11-25T06:00:00"):  # fmt: skip
        assert since(moment) == 404
    assert since("2026-11-25T05:59:59") == 501


def test_a_part_is_asked_of_data_only(client: Client) -> None:
    """Others cannot mark their answer as a part, so they send the whole."""

    def sent(address: str, **headers: str) -> tuple[int, int]:
        response: Any = client.get(address, headers={"Accept": "text/csv", **headers})
        return response.status_code, b"".join(response.streaming_content).count(b"\n")

    assert sent(V1, Range="values=0-2") == (206, 1 + 3)
    assert sent(V1, **{"X-Range": "values=0-2"}) == (206, 1 + 3)
    assert sent(IMTS, Range="values=0-2") == sent(IMTS)
