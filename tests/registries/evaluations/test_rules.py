"""How evaluations are kept and compared byte by byte; which steps a task can take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.evaluations import rules

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_what_is_kept_comes_back_and_is_the_same_bytes_again(plain) -> None:
    kept = rules.packed(plain)
    assert rules.unpacked(kept) == plain
    assert rules.packed(rules.unpacked(kept)) == kept


@given(_JSON, _JSON)
def test_a_difference_is_named_where_there_is_one(before, after) -> None:
    is_same = rules.packed(before) == rules.packed(after)
    assert (rules.first_difference(before, after) is None) == is_same


def test_the_first_difference_has_its_path_and_both_values() -> None:
    before = {"steps": [{"id": "E0"}, {"id": "E1", "status": "late"}]}
    after = {"steps": [{"id": "E0"}, {"id": "E1", "status": "done"}]}
    assert rules.first_difference(before, after) == ("steps[1].status", "late", "done")
    assert rules.first_difference([1], [1, 2]) == ("[1]", 1, 2)


def test_a_task_that_has_its_answer_takes_no_step() -> None:
    for steps in rules.STEPS.values():
        assert set(steps) == set(rules.UNFINISHED)
    assert rules.task_days() > 0
