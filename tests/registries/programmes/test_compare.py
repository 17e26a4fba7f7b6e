from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.programmes.compare import FieldChange, compare, counts, differences

_TEXT = st.dictionaries(st.sampled_from(["ru", "kk", "en"]), st.text(max_size=3), max_size=3)
_DOCUMENT = st.fixed_dictionaries(
    {},
    optional={
        "name": _TEXT,
        "end": st.sampled_from(["", "2026", "2027"]),
        "order": st.integers(0, 2),
        "bodies": st.lists(st.fixed_dictionaries({"side": st.sampled_from("AB")}), max_size=2),
    },
)


def _tree(documents):
    return {"measures": [{"id": code, **one} for code, one in documents.items()]}


_TREES = st.dictionaries(st.sampled_from("abcd"), _DOCUMENT, max_size=4).map(_tree)


def _empty(value):
    if isinstance(value, dict):
        return {name: one for name, one in value.items() if one != ""} or None
    return None if value in ("", [], {}) else value


def _tidy(document):
    return {name: one for name, value in document.items() if (one := _empty(value)) is not None}


def test_a_change_is_named_by_field_and_language() -> None:
    before = {"measures": [{"id": "a", "name": {"ru": "Мост"}, "end": "2026"}, {"id": "b"}]}
    after = {"measures": [{"id": "c"}, {"id": "a", "name": {"ru": "Мост", "kk": "Көпір"}}]}
    added, changed, removed = compare(before, after)
    assert [one.kind for one in (added, changed, removed)] == ["added", "changed", "removed"]
    assert (added.code, changed.code, removed.code) == ("c", "a", "b")
    assert changed.fields == (
        FieldChange("name", None, "Көпір", "kk"),
        FieldChange("end", "2026", None),
    )
    assert counts([added, changed, removed]) == {"added": 1, "changed": 1, "removed": 1}


@given(_TREES)
def test_nothing_differs_from_itself(tree) -> None:
    assert compare(tree, tree) == []


@given(_TREES, _TREES)
def test_backwards_is_the_same_turned_round(one, other) -> None:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    there = {(change.code, change.kind) for change in compare(one, other)}
    back = {(change.code, turned[change.kind]) for change in compare(other, one)}
    assert there == back


@given(_DOCUMENT, _DOCUMENT)
def test_the_differences_lead_from_one_to_the_other(one, other) -> None:
    built = {name: dict(v) if isinstance(v, dict) else v for name, v in one.items()}
    for change in differences(one, other):
        if change.language:
            text = built.get(change.field) or {}
            text[change.language] = change.after or ""
            built[change.field] = text
        else:
            built[change.field] = change.after
    assert _tidy(built) == _tidy(other)
