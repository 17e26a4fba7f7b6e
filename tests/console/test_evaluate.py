"""`irtysh evaluate`: makes one, shows what held on a day, repeats one, compares two."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from irtysh.console.shell import FAULTS, OK, REFUSED
from irtysh.evaluation.strategy.outcome import STEPS
from irtysh.registries.evaluations import rules
from irtysh.registries.evaluations.models import Evaluation
from tests.registries.evaluations.made import folder_of_a_case, publish, shown
from tests.registries.programmes.made import measure

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory):
    return folder_of_a_case(tmp_path_factory.mktemp("case") / "small")


@pytest.fixture
def shelf(case):
    with shown(case.parent / "releases"):
        publish(case, case.parent / "releases")
        yield


def test_it_evaluates_and_says_each_step(shelf, irtysh) -> None:
    code, out, _err = irtysh("evaluate")
    assert code == OK
    assert "Evaluation No. 1" in out
    for step in STEPS:
        assert f" {step} " in out
    code, out, _err = irtysh("evaluate", "--json")
    said = json.loads(out)
    assert (code, said["number"], len(said["outcome"]["steps"])) == (OK, 1, len(STEPS))


def test_a_past_day_is_reconstructed_and_says_so(shelf, irtysh) -> None:
    day = timezone.localdate() - timedelta(days=30)
    code, out, _err = irtysh("evaluate", "--day", day)
    assert code == OK and "with records as known today" in out
    assert not Evaluation.objects.exists()
    code, out, _err = irtysh("evaluate", "--day", day, "--json")
    assert json.loads(out)["reconstructed"] is True
    tomorrow = timezone.localdate() + timedelta(days=1)
    code, _out, err = irtysh("evaluate", "--day", tomorrow)
    assert code == REFUSED and "still to come" in err


def test_one_made_again_and_two_compared(shelf, irtysh) -> None:
    irtysh("evaluate")
    measure("m1", of="plan")
    irtysh("evaluate")
    code, out, _err = irtysh("evaluate", "--again", 1)
    assert code == OK and "every byte is the same" in out
    code, out, _err = irtysh("evaluate", "--compare", 1, 2)
    assert code == OK and "E1.measure.m1" in out
    code, out, _err = irtysh("evaluate", "--compare", 1, 2, "--json")
    assert {"id", "before", "after", "why", "what"} == set(json.loads(out)[0])
    code, _out, err = irtysh("evaluate", "--again", 9)
    assert code == REFUSED and "no evaluation No. 9" in err


def test_one_that_does_not_repeat_ends_with_a_fault(shelf, irtysh) -> None:
    irtysh("evaluate")
    first = Evaluation.objects.newest()
    wrong = first.outcome.to_json()
    wrong["steps"][0]["status"] = "no_data"
    Evaluation(
        number=2, day=first.day, release=first.release, engine=first.engine,
        inputs_digest="x" * 64, content_digest="y" * 64, inputs_kept=first.inputs_kept,
        outcome_kept=rules.packed(wrong), outcome_digest="z" * 64, steps={},
        words_kept=rules.packed({}), reason=rules.SHELL,
    ).save()  # fmt: skip
    code, out, _err = irtysh("evaluate", "--again", 2)
    assert code == FAULTS and "steps[0].status" in out
