"""Many tables made in one step of a migration.

Django renders every related model again after each ``CreateModel``: with a few dozen tables that
point at users and pages, a new database took over half a minute. Here the state learns of all
models first and is rendered once, and the tables are made from the finished models.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_PARTS_OF_A_TABLE = (AddConstraint, AddField, AddIndex)


class Together(Operation):
    """Create tables with all that the same step adds to them.

    Parameters
    ----------
    operations : list
        ``CreateModel``, and ``AddField``, ``AddIndex``, ``AddConstraint`` on models created in
        the same list. Anything else changes tables that are already there and raises ValueError.
    """

    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)
        self._created = [one.name for one in self.operations if isinstance(one, CreateModel)]
        ours = {name.lower() for name in self._created}
        for one in self.operations:
            is_part = isinstance(one, _PARTS_OF_A_TABLE) and one.model_name.lower() in ours
            if not (isinstance(one, CreateModel) or is_part):
                raise ValueError(f"{one!r} does not belong to a table created in the same step")

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.operations], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered anew at the first look, once for all
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self._created:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in reversed(self._created):
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Create {', '.join(self._created)}"
