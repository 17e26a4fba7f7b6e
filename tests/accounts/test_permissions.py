from __future__ import annotations

import csv
from collections import Counter
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.permissions import (
    NotAllowed,
    actions,
    matrix,
    may,
    objects,
    people_who_may,
    require,
    scopes_of,
    sync_groups,
)
from irtysh.accounts.roles import ADMINISTRATOR, COORDINATOR, MEMBER, ROLES, TRANSLATOR
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

RECORD_SIDES = (None, "", "A", "B", "AB", ["B", "A"])
CODES = [role.lower() for role in ROLES]


def _person(role: str, side: str = "") -> User:
    name = f"{role}{side}".lower()
    return create_account(username=name, password="a long enough one", role=role, side=side)


def test_the_matrix_says_everything_once() -> None:
    with (DEFINITIONS / "permissions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    said = Counter((row["role"], row["object"], row["action"]) for row in rows)
    assert set(said) == set(product(CODES, objects(), actions()))
    assert set(said.values()) == {1}
    assert {row["scope"] for row in rows} == {"none", "own_side", "any"}


def test_roles_of_the_matrix_are_the_groups() -> None:
    assert list(codelist("roles")) == CODES


def test_what_the_matrix_must_never_say() -> None:
    given = {key for key, scope in matrix().items() if scope != "none"}
    everywhere = {key for key, scope in matrix().items() if scope == "any"}
    assert not [key for key in given if key[0] == "member"]
    assert {action for role, _, action in given if role == "translator"} == {"translate"}
    assert not [key for key in everywhere if key[2] in ("report", "confirm")]
    assert not [
        key for key in given if key[0] == "administrator" and key[2] in ("report", "confirm")
    ]
    assert {role for role, object, _ in given if object == "accounts"} == {"administrator"}
    assert {role for role, object, _ in given if object == "questions"} == {
        "administrator",
        "coordinator",
        "moderator",
    }
    assert all(
        matrix()["administrator", object, action] == "any"
        for object, action in product(objects(), actions())
        if action not in ("report", "confirm")
    )


def _expected(scope: str, action: str, own: str, record: object) -> bool:
    """What the matrix means, written down a second time."""
    sides = set("" if record is None else "".join(record))
    if scope == "none":
        return False
    if action == "confirm":
        return own != "" and sides == {own}
    if action == "report" and own == "":
        return False
    return scope == "any" or sides == set() or own in sides


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("side", ["A", "B", ""])
def test_may_obeys_the_matrix(role: str, side: str) -> None:
    person = _person(role, side)
    wrong = [
        (object, action, record)
        for object, action, record in product(objects(), actions(), RECORD_SIDES)
        if may(person, action, object, record)
        != _expected(matrix()[role.lower(), object, action], action, side, record)
    ]
    assert wrong == []


@pytest.mark.django_db
def test_people_who_may_are_those_for_whom_may_says_yes() -> None:
    people = [_person(role, side) for role, side in product(ROLES, ("A", "B", ""))]
    people.append(User.objects.create_superuser("root"))
    both = User.objects.create_user("both", side="B")
    both.groups.set(Group.objects.filter(name__in=("Coordinator", "Analyst")))
    gone = User.objects.create_user("gone", side="A", is_active=False)
    gone.groups.set(Group.objects.all())
    people += [both, gone]
    some = ("measures", "acts", "questions", "accounts", "pages", "offers")
    for object, action, record in product(some, actions(), (None, "A", ["A", "B"])):
        expected = {one.username for one in people if may(one, action, object, record)}
        found = people_who_may(action, object, record)
        assert Counter(one.username for one in found) == Counter(expected), (object, action, record)


@pytest.mark.django_db
@pytest.mark.parametrize("object", ["measures", "programmes", "projects"])
def test_nobody_confirms_for_the_other_side(object: str) -> None:
    coordinator = _person(COORDINATOR, "A")
    assert may(coordinator, "confirm", object, "A")
    assert not may(coordinator, "confirm", object, "B")
    assert not may(coordinator, "confirm", object, ["A", "B"])
    assert not may(coordinator, "confirm", object)
    root = User.objects.create_superuser("root", side="A")
    assert not may(root, "confirm", object, "A")


@pytest.mark.django_db
def test_two_roles_give_the_wider_scope() -> None:
    person = _person(COORDINATOR, "A")
    person.groups.add(Group.objects.get(name="Analyst"))
    person = User.objects.get(pk=person.pk)
    assert scopes_of(person, "acts")["change"] == "any"
    assert scopes_of(person, "measures")["report"] == "own_side"
    assert may(person, "change", "acts", "B")


@pytest.mark.django_db
def test_nobody_may_nothing() -> None:
    locked_out = _person(ADMINISTRATOR)
    locked_out.is_active = False
    for nobody in (AnonymousUser(), locked_out, None):
        assert not may(nobody, "change", "acts")
        assert set(scopes_of(nobody, "acts").values()) == {"none"}


@pytest.mark.django_db
def test_a_misspelt_question_is_not_answered() -> None:
    person = _person(ADMINISTRATOR)
    with pytest.raises(UnknownCode):
        may(person, "chnage", "acts")
    with pytest.raises(UnknownCode):
        may(person, "change", "act")
    with pytest.raises(UnknownCode):
        people_who_may("change", "act")


@pytest.mark.django_db
def test_refusal_names_action_and_object_in_words() -> None:
    person = _person(COORDINATOR, "A")
    require(person, "report", "measures", "A")
    with pytest.raises(NotAllowed) as refused:
        require(person, "report", "measures", "B")
    said = {language: explain(refused.value, language) for language in LANGUAGES}
    assert "Мероприятия дорожных карт" in said["ru"]
    assert "Жол карталарының іс-шаралары" in said["kk"]
    assert "Report – Road-map measures" in said["en"]


@pytest.mark.django_db
def test_groups_follow_the_matrix() -> None:
    """On any model: here people stand for a register, and pages for one with drafts."""
    translator = Group.objects.get(name=TRANSLATOR)
    member = Group.objects.get(name=MEMBER)
    coordinator = Group.objects.get(name=COORDINATOR)

    def codes(group: Group) -> set[str]:
        found = group.permissions.filter(content_type__app_label="accounts")
        return set(found.values_list("codename", flat=True))

    sync_groups({"measures": User})
    assert codes(coordinator) == {"add_user", "change_user", "view_user"}
    assert codes(translator) == {"view_user"}
    assert codes(member) == set()

    sync_groups({"acts": User})  # another row: what it does not give is taken away
    assert codes(coordinator) == {"view_user"}
    assert coordinator.permissions.filter(codename="access_admin").exists()


@pytest.mark.django_db
def test_models_with_drafts_are_published_and_locked_by_who_publishes() -> None:
    model = next(one for one in [Page, *get_snippet_models()] if hasattr(one, "publish"))
    sync_groups({"acts": model})
    analyst = Group.objects.get(name="Analyst")
    editor = Group.objects.get(name="Editor")
    name = model._meta.model_name
    given = set(analyst.permissions.values_list("codename", flat=True))
    assert {f"publish_{name}", f"lock_{name}", f"unlock_{name}"} <= given
    assert not editor.permissions.filter(codename=f"publish_{name}").exists()


@pytest.mark.django_db
def test_rights_over_pages_are_those_of_the_matrix() -> None:
    verbs = ("add", "change", "publish")
    for role in ROLES:
        group = Group.objects.get(name=role)
        given = {
            one.permission.codename.removesuffix("_page")
            for one in group.page_permissions.select_related("permission")
        }
        said = {verb for verb in verbs if matrix()[role.lower(), "pages", verb] != "none"}
        if role == TRANSLATOR:
            said.add("change")  # the translation editor asks for it; sources are kept from them
        assert given & set(verbs) == said, role
