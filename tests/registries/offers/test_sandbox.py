"""The invented border has obstacles and offers to try things out with."""

from __future__ import annotations

from datetime import date

import pytest

from irtysh.registries.obstacles.models import Obstacle
from irtysh.registries.offers.models import Offer
from irtysh.registries.records.loading import load_registers
from irtysh.sources.case import read_case
from irtysh.vocabulary.places import CASES

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


def test_its_obstacles_and_offers_load_and_keep_to_the_rules() -> None:
    case, faults = read_case(CASES / "sandbox")
    assert not [fault for fault in faults if fault.severity == "error"]
    load_registers(case.documents)
    for record in (*Obstacle.objects.all(), *Offer.objects.all()):
        assert [fault for fault in record.faults() if fault.severity == "error"] == []
    counts = Obstacle.objects.counts(TODAY)
    assert (counts.registered, counts.solved, counts.with_body) == (3, 1, 1)
    drills = Offer.objects.get(code="sb-seed-drills")
    found = Offer.objects.matching(drills, TODAY)
    assert [other.code for other, _fit in found] == ["sb-machines-wanted"]
    assert [reason.what for reason in found[0][1].reasons] == ["8432", "28", "XM", "ru"]
