"""Who may do what with a record in Wagtail's screens: the matrix of permissions, asked per side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.permission_policies import BasePermissionPolicy

from irtysh.accounts.models import User
from irtysh.accounts.permissions import ANY, NONE, may, people_who_may, roles_of, scopes_of
from irtysh.accounts.roles import OFFICE_ROLES
from irtysh.registries.records.models import Record

OBJECTS = {"objectives": "programmes", "targets": "programmes", "series": "events"}
"""Registers that have no rows of their own in the matrix → the object whose rows they take."""

ALL, TRANSLATIONS, NOTHING = "all", "translations", "nothing"
"""How much of a record a person may change."""

_OFFICE = frozenset(role.lower() for role in OFFICE_ROLES)
_ALSO = {"choose": "view", "lock": "publish", "unlock": "publish", "bulk_delete": "delete"}
"""Wagtail's action → ours."""


def object_of(register: str) -> str:
    """Return the object of the matrix that a register's records are."""
    return OBJECTS.get(register, register)


def may_with(user: Any, action: str, record: Record) -> bool:
    """Return True if a person may do an action of the matrix with a record."""
    return may(user, action, object_of(record.table.name), record.sides())


def may_read(user: Any, record: Record) -> bool:
    """Return True if a person of the office may see a record.

    What was never published is for those who read drafts of its side, and for translators.
    """
    if not is_of_the_office(user):
        return False
    return bool(
        record.live or may_with(user, "view_draft", record) or may_with(user, "translate", record)
    )


def readable(user: Any, records: QuerySet[Any]) -> QuerySet[Any]:
    """Return the records that a person of the office may see; drafts are looked at one by one."""
    scopes = scopes_of(user, object_of(records.model.table.name))
    if ANY in (scopes["view_draft"], scopes["translate"]):
        return records
    drafts = records.model._default_manager.filter(live=False)
    return records.exclude(pk__in=[one.pk for one in drafts if not may_read(user, one)])


def freedom_of(user: Any, record: Record) -> str:
    """Return how much of a record a person may change; without a person, code may all."""
    if user is None or may_with(user, "change", record):
        return ALL
    return TRANSLATIONS if may_with(user, "translate", record) else NOTHING


def edit_address(user: Any, record: Record) -> str | None:
    """Return the address of a record's form, or None where it would not let the person in."""
    if freedom_of(user, record) == NOTHING:
        return None
    return reverse(record.snippet_viewset.get_url_name("edit"), args=(record.pk,))


def office_address(user: Any, record: Record) -> str:
    """Return where a person of the office sees a record: its form, or its page to read."""
    found = edit_address(user, record)
    return found or reverse(record.snippet_viewset.get_url_name("inspect"), args=(record.pk,))


def is_of_the_office(user: Any) -> bool:
    """Return True if the person has a role in the back office."""
    return bool(getattr(user, "is_active", False) and roles_of(user) & _OFFICE)


class SidePermissionPolicy(BasePermissionPolicy):
    """The matrix as Wagtail asks for it.

    Without ``record`` a question about no instance means "with some record"; with it, "with this
    one", so that Wagtail's views need not be told to ask about their own object.
    """

    def __init__(self, model: type[Record], record: Record | None = None) -> None:
        super().__init__(model)
        self.record = record

    def about(self, record: Record | None) -> SidePermissionPolicy:
        """Return the policy for one record."""
        return SidePermissionPolicy(self.model, record)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return True if the person may do it with this record, or with some."""
        if self.record is not None:
            return self.user_has_permission_for_instance(user, action, self.record)
        action = _ALSO.get(action, action)
        if action == "view":
            return is_of_the_office(user)
        return scopes_of(user, self._object())[action] != NONE

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Record) -> bool:
        """Return True if the person may do it with the record."""
        action = _ALSO.get(action, action)
        if action == "view":
            return may_read(user, instance)
        return may_with(user, action, instance)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        """Return everybody who may do one of the actions with some record."""
        found = User.objects.none()
        for action in actions:
            action = _ALSO.get(action, action)
            if action == "view":
                found = found | User.objects.filter(groups__name__in=OFFICE_ROLES, is_active=True)
            else:
                found = found | people_who_may(action, self._object())
        return found.distinct()

    def _object(self) -> str:
        return object_of(self.model.table.name)
