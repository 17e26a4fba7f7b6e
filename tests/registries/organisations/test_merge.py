"""Two entries of one organisation become one."""

from __future__ import annotations

import pytest

from irtysh.accounts.models import User
from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.organisations.actions import (
    NumbersDiffer,
    merge,
    possible_duplicates,
)
from irtysh.registries.organisations.models import Merger, Organisation
from irtysh.registries.projects.models import Project
from irtysh.registries.records.actions import DraftInTheWay, write
from irtysh.registries.records.models import Reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(django_user_model) -> User:
    return django_user_model.objects.create_superuser("root", "root@example.org", "x" * 16)


def text(words: str) -> dict[str, str]:
    return {"ru": words, "kk": words, "en": words}


def organisation(code: str, name: str, **more) -> Organisation:
    document = {"id": code, "kind": "company", "name": text(name), **more}
    return write(register="organisations", document=document, by=None)


@pytest.fixture
def pair():
    return (
        organisation("sibzavod", "ООО «Сибзавод»", inn="7707083893",
                     products=[{"direction": "makes", "hs": "8432", "name": text("сеялки")}]),
        organisation("sibzavod-2", "Сибзавод", website="https://example.org/",
                     products=[{"direction": "makes", "hs": "8432", "name": text("сеялки")},
                               {"direction": "exports", "hs": "8433"}]),
    )  # fmt: skip


def test_ties_move_what_only_one_knew_stays_and_the_old_address_is_remembered(pair, administrator):
    kept, gone = pair
    write(
        register="projects", by=None,
        document={"id": "p", "kind": "investment", "name": text("п"),
                  "partners": [{"organisation": "sibzavod-2", "side": "A"}],
                  "links": [{"kind": "see_also", "to": "organisations/sibzavod-2"}]},
    )  # fmt: skip
    merger = merge(kept=kept, gone=gone, by=administrator)

    project = Project.objects.get(code="p")
    assert [row.organisation.code for row in project.partners.all()] == ["sibzavod"]
    assert [row.to for row in project.links.all()] == ["organisations/sibzavod"]
    kept = Organisation.objects.get(code="sibzavod")
    assert kept.website == "https://example.org/"
    assert [(row.direction, row.hs) for row in kept.products.all()] == [
        ("makes", "8432"), ("exports", "8433"),
    ]  # fmt: skip
    assert not Organisation.objects.filter(code="sibzavod-2").exists()
    assert merger.document["website"] == "https://example.org/"
    assert merger.changed == ["projects/p"]
    assert not Reference.objects.filter(to_code="sibzavod-2").exists()
    assert project.revisions.count() == 2


def test_different_numbers_are_different_organisations(pair, administrator):
    other = organisation("other", "Сибзавод", inn="7736050003")
    with pytest.raises(NumbersDiffer):
        merge(kept=pair[0], gone=other, by=administrator)
    assert Organisation.objects.count() == 3


def test_a_draft_that_points_at_the_entry_stops_the_merge_and_nothing_is_done(pair, administrator):
    write(
        register="projects", by=None,
        document={"id": "p", "kind": "investment", "name": text("п"),
                  "partners": [{"organisation": "sibzavod-2"}]},
    )  # fmt: skip
    project = Project.objects.get(code="p")
    project.name_ru = "черновик"
    project.save_revision()
    with pytest.raises(DraftInTheWay):
        merge(kept=pair[0], gone=pair[1], by=administrator)
    assert Organisation.objects.filter(code="sibzavod-2").exists()
    assert not Merger.objects.exists()


def test_not_everybody_may(pair, django_user_model):
    nobody = django_user_model.objects.create_user("nobody", password="x" * 16)
    with pytest.raises(NotAllowed):
        merge(kept=pair[0], gone=pair[1], by=nobody)


def test_duplicates_are_found_by_name(pair):
    organisation("another", "АО «Эталон»")
    assert [(a.code, b.code) for a, b in possible_duplicates()] == [("sibzavod", "sibzavod-2")]
