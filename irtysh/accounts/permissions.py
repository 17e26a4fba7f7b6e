"""Who may do what: definitions/permissions.csv, asked.

A row says how far a role may do an action with an object: with any record (``any``), with
records of the person's own side (``own_side``) or not at all (``none``). A record of both sides
is their own for people of either, a record of no side for everybody.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import DraftStateMixin, LockableMixin

from irtysh.accounts.models import Side, User
from irtysh.accounts.roles import ADMINISTRATOR, ROLES
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError, UnknownCode
from irtysh.vocabulary.places import DEFINITIONS

NONE, OWN_SIDE, ANY = "none", "own_side", "any"
SCOPES = (NONE, OWN_SIDE, ANY)
"""From the least to the most."""
SPEAKING = frozenset({"report", "confirm"})
"""What is done in the name of a side, hence by nobody of neither side, whatever the role."""

Sides = str | Iterable[str] | None
"""Sides of a record: "A", "B", both ("AB" or a list), none (None, "")."""


class NotAllowed(IrtyshError):
    """A person may not do an action with an object."""


@cache
def matrix() -> Mapping[tuple[str, str, str], str]:
    """Return (role, object, action) → scope, as the file has it.

    Raises UnknownCode for a role, object, action or scope that is in no list.
    """
    found: dict[tuple[str, str, str], str] = {}
    with (DEFINITIONS / "permissions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            _check("roles", row["role"])
            _check("permission_objects", row["object"])
            _check("permission_actions", row["action"])
            if row["scope"] not in SCOPES:
                raise UnknownCode(code=row["scope"], codelist="scope", near=", ".join(SCOPES))
            found[row["role"], row["object"], row["action"]] = row["scope"]
    return found


def objects() -> tuple[str, ...]:
    """Return the codes of all objects: the registers, then the special ones."""
    return tuple(codelist("permission_objects"))


def actions() -> tuple[str, ...]:
    """Return the codes of all actions."""
    return tuple(codelist("permission_actions"))


def roles_of(user: User) -> frozenset[str]:
    """Return the codes of a person's roles; a superuser is an administrator.

    Asked of the database once for each instance, as Django does with its own permissions.
    """
    known: frozenset[str] | None = getattr(user, "_irtysh_roles", None)
    if known is None:
        names = {group.name for group in user.groups.all()} & set(ROLES)
        if user.is_superuser:
            names.add(ADMINISTRATOR)
        known = frozenset(name.lower() for name in names)
        user._irtysh_roles = known  # type: ignore[attr-defined]
    return known


def scopes_of(user: Any, object: str) -> dict[str, str]:
    """Return action → the widest scope that any role of the person gives for an object.

    Nobody (an anonymous visitor, an inactive account) has "none" everywhere. Raises UnknownCode
    for an object that is not in the list.
    """
    _check("permission_objects", object)
    roles = _roles(user)
    return {action: _scope(roles, object, action) for action in actions()}


def may(user: Any, action: str, object: str, side: Sides = None) -> bool:
    """Return True if a person may do an action with a record of this side.

    For ``confirm`` the side is the awaited one, and must be the person's own whatever the role.
    Raises UnknownCode for an action or object that is not in the list: a misspelt question must
    not be answered.
    """
    _check("permission_actions", action)
    _check("permission_objects", object)
    scope = _scope(_roles(user), object, action)
    if scope == NONE:
        return False
    sides = _sides(side)
    if action in SPEAKING and not user.side:
        return False
    if action == "confirm":
        return sides == {user.side}
    return scope == ANY or _is_own(user.side, sides)


def require(user: Any, action: str, object: str, side: Sides = None) -> None:
    """Raise NotAllowed unless a person may do an action with a record of this side."""
    if not may(user, action, object, side):
        raise NotAllowed(
            action=codelist("permission_actions")[action].name,
            object=codelist("permission_objects")[object].name,
        )


def people_who_may(action: str, object: str, side: Sides = None) -> QuerySet[User]:
    """Return everybody for whom ``may`` is True: readers of letters, owners of queues."""
    _check("permission_actions", action)
    _check("permission_objects", object)
    sides = _sides(side)
    anywhere = _with_role(ANY, object, action)
    at_home = _with_role(OWN_SIDE, object, action)
    if sides:
        at_home &= Q(side__in=sides)
    found = anywhere | at_home
    if action in SPEAKING:
        found &= ~Q(side=Side.NONE)
    if action == "confirm":
        found = found & Q(side=next(iter(sides))) if len(sides) == 1 else Q(pk__in=[])
    return User.objects.filter(found, is_active=True).distinct()


def sync_groups(registers: Mapping[str, type[Model]]) -> None:
    """Give each role's group the Django permissions that the matrix says, and take the others.

    ``registers`` maps an object of the matrix to the model behind it. Permissions cover what
    some record allows; that a person of one side may not touch the other's is for ``may`` to say
    about each record. Other permissions of the groups stay as they are.
    """
    groups = {role: Group.objects.get_or_create(name=role)[0] for role in ROLES}
    for object, model in registers.items():
        known = _permissions_of(model)
        for role, group in groups.items():
            given = _granted(role.lower(), object)
            group.permissions.add(*(one for verb, one in known.items() if verb in given))
            group.permissions.remove(*(one for verb, one in known.items() if verb not in given))


def _check(name: str, code: str) -> None:
    codelist(name)[code]  # raises UnknownCode, which names what is near


def _roles(user: Any) -> frozenset[str]:
    return roles_of(user) if getattr(user, "is_active", False) else frozenset()


def _scope(roles: Iterable[str], object: str, action: str) -> str:
    given = (matrix().get((role, object, action), NONE) for role in roles)
    return max(given, key=SCOPES.index, default=NONE)


def _sides(side: Sides) -> set[str]:
    return {str(one) for one in side or () if one}


def _is_own(own: str, sides: set[str]) -> bool:
    if not sides:
        return True
    return own in sides


def _with_role(scope: str, object: str, action: str) -> Q:
    names = [role for role in ROLES if _scope([role.lower()], object, action) == scope]
    found = Q(groups__name__in=names)
    if ADMINISTRATOR in names:
        found |= Q(is_superuser=True)
    return found


def _granted(role: str, object: str) -> set[str]:
    """Return the verbs of Django's permissions that a role's row of the matrix amounts to."""
    allowed = {action for action in actions() if _scope([role], object, action) != NONE}
    verbs = allowed & {"add", "change", "delete", "publish"}
    if allowed:
        verbs.add("view")
    if "publish" in allowed:
        verbs |= {"lock", "unlock"}
    return verbs


def _permissions_of(model: type[Model]) -> dict[str, Permission]:
    """Return verb → permission, made now if the signal after migrations has not yet."""
    create_permissions(model._meta.app_config, verbosity=0)
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    name = model._meta.model_name
    verbs = ["add", "change", "delete", "view"]
    if issubclass(model, DraftStateMixin):
        verbs.append("publish")
    if issubclass(model, LockableMixin):
        verbs += ["lock", "unlock"]
    return {
        verb: Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_{name}",
            defaults={"name": f"Can {verb} {model._meta.verbose_name_raw}"},
        )[0]
        for verb in verbs
    }
