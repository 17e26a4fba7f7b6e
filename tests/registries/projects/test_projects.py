"""Stages of a project, its jointness, its sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.projects.models import Project
from irtysh.registries.projects.rules import CRITERIA, PATH, jointness, totals
from irtysh.registries.records.actions import write
from irtysh.registries.records.stages import DayNotPossible, StageNotAllowed, StageReasonMissing
from irtysh.registries.records.steps import set_stage

TODAY = date(2026, 11, 22)
answers = st.sampled_from([True, False, None])


class TestPath:
    @given(st.lists(st.sampled_from(sorted(PATH.stages)), min_size=1, max_size=8))
    def test_no_way_leads_out_of_an_end(self, wanted):
        stage = ""
        for one in wanted:
            try:
                PATH.check(stage, one)
            except StageNotAllowed:
                continue
            assert not PATH.is_final(stage)
            stage = one

    def test_every_stage_can_be_reached_and_every_one_but_the_ends_can_be_left(self):
        reached, fresh = {"proposed"}, ["proposed"]
        while fresh:
            for one in PATH.next_stages(fresh.pop()):
                if one not in reached:
                    reached.add(one)
                    fresh.append(one)
        assert reached == PATH.stages
        assert {one for one in PATH.stages if PATH.is_final(one)} == {"closed", "cancelled"}

    def test_nothing_is_suspended_for_ever(self):
        assert set(PATH.next_stages("suspended")) >= {"running", "cancelled"}

    def test_a_step_over_a_stage_names_what_is_possible(self):
        with pytest.raises(StageNotAllowed) as refused:
            PATH.check("proposed", "closed")
        assert refused.value.params["allowed"] == "approved, cancelled"


class TestJointness:
    @given(st.fixed_dictionaries(dict.fromkeys(CRITERIA, answers)), st.sets(st.sampled_from("AB")))
    def test_the_score_is_an_interval_that_an_answer_only_narrows(self, criteria, sides):
        found = jointness(criteria, sides)
        assert 0 <= found.low <= found.high <= 4
        assert found.high - found.low == list(criteria.values()).count(None)
        for name in CRITERIA:
            if criteria[name] is None:
                for answer in (True, False):
                    narrowed = jointness({**criteria, name: answer}, sides)
                    assert found.low <= narrowed.low <= narrowed.high <= found.high

    @pytest.mark.parametrize(
        ("sides", "standing"),
        [("AB", "joint"), ("A", "one_sided"), ("B", "one_sided"), ("", "unknown")],
    )
    def test_joint_means_partners_of_both_sides(self, sides, standing):
        assert jointness(dict.fromkeys(CRITERIA, True), sides).standing == standing


class TestTotals:
    def test_currencies_are_kept_apart_and_parts_are_not_added_to_the_whole(self):
        amounts = [("total", Decimal(10), "RUB"), ("public", Decimal(4), "RUB"),
                   ("", Decimal(5), "USD")]  # fmt: skip
        assert totals(amounts) == {"RUB": Decimal(10), "USD": Decimal(5)}

    def test_nothing_stated_is_no_zero(self):
        assert totals([]) == {}


@pytest.mark.django_db
class TestSetStage:
    @pytest.fixture
    def project(self) -> Project:
        document = {
            "id": "p", "kind": "infrastructure", "stage": "proposed",
            "name": {"ru": "п", "kk": "ж", "en": "p"},
            "partners": [{"name": {"ru": "а", "kk": "а", "en": "a"}, "side": "A"}],
        }  # fmt: skip
        return write(register="projects", document=document, by=None)

    @pytest.fixture
    def root(self, django_user_model):
        return django_user_model.objects.create_superuser("root", "r@example.org", "x" * 16)

    def step(self, project, by, stage="approved", on=TODAY, reason="Решение правительства"):
        return set_stage(record=project, path=PATH, stage=stage, by=by, on=on, today=TODAY,
                         reason=reason)  # fmt: skip

    def test_who_when_and_why_are_kept_and_the_record_has_a_revision(self, project, root):
        step = self.step(project, root)
        assert (step.from_stage, step.to_stage, step.by) == ("proposed", "approved", root)
        kept = Project.objects.get(code="p")
        assert kept.stage == "approved"
        assert kept.latest_revision.content["stage"] == "approved"

    def test_a_refused_step_changes_nothing(self, project, root, django_user_model):
        nobody = django_user_model.objects.create_user("nobody", password="x" * 16)
        with pytest.raises(NotAllowed):
            self.step(project, nobody)
        with pytest.raises(StageNotAllowed):
            self.step(project, root, "closed")
        with pytest.raises(StageReasonMissing):
            self.step(project, root, reason="  ")
        with pytest.raises(DayNotPossible):
            self.step(project, root, on=date(2026, 11, 23))
        self.step(project, root, on=date(2026, 5, 1))
        with pytest.raises(DayNotPossible):
            self.step(project, root, "running", on=date(2026, 4, 30))
        assert Project.objects.get(code="p").stage == "approved"
        assert project.steps.count() == 1

    def test_the_database_refuses_an_unknown_stage(self, project):
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(code="p").update(stage="dreamed")

    def test_one_side_alone_is_marked(self, project):
        assert project.jointness().standing == "one_sided"
        assert project.more_facets()["joint"] == ["one_sided"]
