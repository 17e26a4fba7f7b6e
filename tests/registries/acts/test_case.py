"""The acts of the first case stand as they should, by the rules and the data alone."""

from __future__ import annotations

from datetime import date

import pytest

from irtysh.registries.acts.actions import act_listed_as
from irtysh.registries.acts.models import Act
from irtysh.registries.records.actions import keep
from irtysh.registries.records.loading import load_registers
from irtysh.sources.case import read_case
from irtysh.vocabulary.places import CASES

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def documents():
    case, faults = read_case(CASES / "omsk-kazakhstan")
    assert not faults
    return case.documents


@pytest.fixture
def act(documents):
    """Load what acts need and return a way to one of them."""
    load_registers({"acts": [bare(one) for one in documents["acts"]]})
    return lambda code: Act.objects.get(code=code)


def bare(document):
    """Return an act without its ties to other registers."""
    return {name: value for name, value in document.items() if name != "links"}


def test_the_investment_law_that_the_paper_calls_in_force_is_void_since_2016(act):
    law = act("law-373-ii")
    standing = law.standing(TODAY)
    assert (standing.status, standing.since, standing.act) == (
        "repealed", "2016-01-01", "code-375-v",
    )  # fmt: skip
    # The paper was printed in 2024, long after.
    assert law.standing(date(2024, 3, 1)).status == "repealed"
    assert law.standing(date(2015, 12, 31)).status != "repealed"
    assert act("law-266-xiii").standing(TODAY).act == "law-373-ii"


def test_the_convention_is_not_the_law_that_ratified_it(act):
    convention, law = act("madrid-convention-1980"), act("law-91-fz")
    assert (convention.kind, convention.date, convention.number) == (
        "convention", "1980-05-21", "",
    )  # fmt: skip
    assert (law.kind, law.date, law.number) == ("law", "2002-07-22", "91-ФЗ")
    ties = {(row.record.code, row.kind, row.act.code) for one in (convention, law)
            for row in one.relations.all()}  # fmt: skip
    assert ("law-91-fz", "ratifies", "madrid-convention-1980") in ties
    # Between the two days only the convention stood.
    assert convention.standing(date(1990, 1, 1)).status == "unchecked"
    assert law.standing(date(1990, 1, 1)).status == "not_yet_in_force"
    assert list(convention.parties_unchecked) == ["KZ"]


def test_the_programme_that_the_paper_calls_active_ended_with_2023(act):
    programme = act("programme-2018-2023")
    standing = programme.standing(date(2024, 1, 1))
    assert (standing.status, standing.reason, standing.since) == (
        "expired", "interval", "2023-12-31",
    )  # fmt: skip
    assert programme.standing(date(2023, 12, 31)).status != "expired"
    assert programme.standing(date(2017, 12, 31)).status == "not_yet_in_force"


def test_a_programme_is_replaced_from_the_first_day_of_the_next_only(act):
    earlier = act("programme-2012-2017")
    assert earlier.standing(date(2017, 12, 31)).status == "adopted"
    assert earlier.standing(date(2018, 1, 1)).status == "replaced"


def test_the_concept_of_2001_ended_when_the_next_was_adopted(act):
    concept = act("concept-196-r")
    assert concept.standing(date(2020, 10, 6)).status == "unchecked"
    assert concept.standing(TODAY).act == "concept-2577-r"


def test_what_is_ratified_is_in_force_from_its_own_day(act):
    agreement = act("agreement-residents-2006")
    assert agreement.standing(date(2009, 4, 26)).status == "not_yet_in_force"
    assert agreement.standing(date(2009, 4, 27)).status == "in_force"


def test_every_ending_has_a_day(act):
    """An ending without a day holds from the first one: an act would never have stood."""
    for one in Act.objects.all():
        for relation, since, other in one.known().ended_by:
            assert since, f"{one.code} {relation} by {other}"


def test_an_act_that_ends_another_changes_how_the_other_is_listed(act):
    older, newer = act("code-375-v"), act("law-91-fz")
    assert act_listed_as(older) != "repealed"
    newer.relations.add(newer.relations.model(kind="repeals", act=older, from_day="2020-01-01"))
    keep(record=newer, by=None)
    assert act_listed_as(older) == older.standing(TODAY).status == "repealed"
    newer.relations = [row for row in newer.relations.all() if row.act_id != older.pk]
    keep(record=newer, by=None)
    assert act_listed_as(older) != "repealed"
