"""The way of an initiative, its reach, its supporters."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.initiatives.actions import SupportNeedsAnAccount, stand_back, support
from irtysh.registries.initiatives.rules import PATH, Border, reach
from irtysh.registries.records.actions import write

BORDER = Border({"A": "RU-OMS", "B": "KZ"}, ("KZ-59", "KZ-55", "RU-TYU", "RU-NVS"))
areas = st.sampled_from(["RU-OMS", "KZ", "KZ-59", "KZ-63", "RU-AL", "RU-NVS", "CN"])


@pytest.mark.parametrize(
    ("territories", "standing"),
    [
        (["RU-OMS"], "inside"),
        (["RU-OMS", "KZ-59"], "inside"),
        (["RU-AL", "KZ-63"], "outside"),
        (["RU-OMS", "KZ-63"], "partly"),
        ([], "unknown"),
    ],
)
def test_reach(territories, standing):
    assert reach(territories, BORDER).standing == standing


@given(st.lists(areas, max_size=5), areas)
def test_one_more_territory_beyond_never_brings_an_initiative_nearer(territories, more):
    order = ["unknown", "inside", "partly", "outside"]
    before, after = reach(territories, BORDER), reach([*territories, more], BORDER)
    if not BORDER.is_near(more) and before.standing in ("inside", "partly"):
        assert order.index(after.standing) >= order.index(before.standing)
    assert set(before.beyond) <= set(after.beyond)


@given(st.permutations(["RU-OMS", "KZ-63", "RU-AL"]))
def test_the_order_of_territories_does_not_matter(territories):
    found = reach(territories, BORDER)
    assert (found.standing, set(found.beyond)) == ("partly", {"KZ-63", "RU-AL"})


def test_a_decision_is_never_reached_without_a_discussion():
    assert [one for one in PATH.steps if "decided" in PATH.steps[one]] == ["discussed"]


@pytest.mark.django_db
def test_support_counts_once_and_can_be_taken_back(django_user_model):
    document = {"id": "hub", "kind": "logistics_hub", "stage": "idea",
                "name": {"ru": "х", "kk": "х", "en": "h"}}  # fmt: skip
    hub = write(register="initiatives", document=document, by=None)
    one = django_user_model.objects.create_user("one", password="x" * 16)
    assert support(initiative=hub, by=one) and not support(initiative=hub, by=one)
    assert hub.supports.count() == 1
    with pytest.raises(SupportNeedsAnAccount):
        support(initiative=hub, by=AnonymousUser())
    assert stand_back(initiative=hub, by=one) and not stand_back(initiative=hub, by=one)
    assert hub.supports.count() == 0
