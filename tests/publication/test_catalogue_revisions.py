"""History and changes of a dataset: the same questions to the case and to an import."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from irtysh.publication.catalogue import Catalogue
from irtysh.store import Publication, Releases
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode
from tests.flows import NOON, flow_row, published_flows
from tests.observations import observe


@pytest.fixture
def catalogue(tmp_path):
    releases = Releases(tmp_path / "releases")
    documents = {"case": {"id": "test"}, "datasets": [{"id": "TRADE_PARTNER"}]}
    for hour, printed in enumerate(("402,1", "403,0")):
        publication = Publication([observe(printed)], documents)
        releases.publish(publication, NOON + timedelta(hours=hour))
    for hour, value in enumerate(("1", "2")):
        published_flows(
            tmp_path / "datasets", [flow_row(value=value)], created_at=NOON + timedelta(hours=hour)
        )
    return Catalogue(releases, Vintages(tmp_path / "datasets"))


@pytest.mark.parametrize(
    ("dataset", "values", "changed"),
    [("TRADE_PARTNER", ["402.1", "403.0"], 1), ("TEST_TRADE", ["1", "2"], 1)],
)
def test_history_and_changes(catalogue, dataset, values, changed):
    row = next(catalogue.get(dataset).dataset.stream())
    stated = catalogue.history(dataset, {"id": row["id"]})
    assert [one.row["value"] for one in stated] == [Decimal(value) for value in values]
    between = list(catalogue.changes(dataset, NOON + timedelta(minutes=30)))
    assert [one.action for one in between] == ["replace"] * changed
    assert between == list(catalogue.changes(dataset, stated[0].version))
    assert not list(catalogue.changes(dataset, stated[1].version))
    assert len(list(catalogue.changes(dataset, NOON - timedelta(days=1)))) >= changed
    with pytest.raises(ReleaseNotFound):
        catalogue.changes(dataset, "2020-01-01-0000000000")


def test_a_dataset_that_there_is_not(catalogue):
    with pytest.raises(UnknownCode):
        catalogue.changes("NONE", NOON)
