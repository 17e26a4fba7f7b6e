"""Tables made in one step are those that the steps would have made one by one."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from irtysh.registries.records.together import Together

_STEPS = [
    migrations.CreateModel(
        "River",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=40, unique=True)),
        ],
    ),
    migrations.CreateModel(
        "Crossing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("river", models.ForeignKey("together.river", models.CASCADE)),
        ],
    ),
    migrations.AddField("river", "longest", models.BigIntegerField(null=True)),
    migrations.AddIndex("crossing", models.Index(fields=["-river"], name="crossings_of_a_river")),
    migrations.AddConstraint(
        "river",
        models.CheckConstraint(condition=models.Q(longest__gt=0), name="together_longest"),
    ),
]


def _made(operations: list[migrations.operations.base.Operation]) -> dict[str, object]:
    """Return what the database says of the tables after the operations, and undo them."""
    state = ProjectState()
    befores = []
    with connection.schema_editor() as editor:
        for one in operations:
            before = state.clone()
            befores.append(before)
            one.state_forwards("together", state)
            one.database_forwards("together", editor, before, state)
    with connection.cursor() as cursor:
        look = connection.introspection
        found = {
            table: (
                sorted(column.name for column in look.get_table_description(cursor, table)),
                sorted(
                    repr([one[key] for key in ("columns", "unique", "check", "foreign_key")])
                    for one in look.get_constraints(cursor, table).values()
                ),
            )
            for table in ("together_river", "together_crossing")
        }
    after = state
    with connection.schema_editor() as editor:
        for one, before in zip(reversed(operations), reversed(befores), strict=True):
            one.database_backwards("together", editor, after, before)
            after = before
    with connection.cursor() as cursor:
        assert "together_river" not in connection.introspection.table_names(cursor)
    return found


@pytest.mark.django_db(transaction=True)
def test_the_tables_are_those_of_single_steps() -> None:
    assert _made([Together(_STEPS)]) == _made(_STEPS)


def test_what_changes_other_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="together_elsewhere"):
        Together([migrations.AddIndex("act", models.Index("id", name="together_elsewhere"))])
