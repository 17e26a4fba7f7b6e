from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from wagtail.models import GroupApprovalTask, Page, Workflow

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import (
    ADMINISTRATOR,
    ANALYST,
    EDITOR,
    MEMBER,
    OFFICE_ROLES,
    REVIEW,
    ROLES,
)

pytestmark = pytest.mark.django_db


def _person(role: str) -> User:
    return create_account(username=role.lower(), password="a long enough one", role=role)


def test_the_groups_are_the_roles_and_none_of_wagtails() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize(
    ("role", "may_add", "may_edit", "may_publish"),
    [
        (EDITOR, True, True, False),
        (ANALYST, False, True, False),
        (ADMINISTRATOR, True, True, True),
    ],
)
def test_what_a_role_may_do_with_pages(
    role: str, may_add: bool, may_edit: bool, may_publish: bool
) -> None:
    page = Page.objects.filter(depth=2).get()
    may = page.permissions_for_user(_person(role))
    assert (may.can_edit(), may.can_publish()) == (may_edit, may_publish)
    # A page below, in general: the concrete home page limits which kinds may stand there.
    root = Page.objects.get(depth=1).permissions_for_user(User.objects.get())
    assert ("add" in root.permissions) == may_add


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_everyone_of_the_office_enters_the_back_office_and_only_administrators_see_people(
    client, role: str
) -> None:
    client.force_login(_person(role))
    assert client.get("/admin/", follow=True).status_code == 200
    people = client.get("/admin/users/", follow=True)
    assert (people.redirect_chain == []) == (role == ADMINISTRATOR)


def test_a_member_has_no_back_office(client) -> None:
    client.force_login(_person(MEMBER))
    answer = client.get("/admin/")
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_pages_go_through_review_by_analyst_or_administrator() -> None:
    workflow = Page.objects.get(depth=2).get_workflow()
    assert workflow == Workflow.objects.get(name=REVIEW)
    task = GroupApprovalTask.objects.get(name=REVIEW)
    assert {group.name for group in task.groups.all()} == {ANALYST, ADMINISTRATOR}


@pytest.mark.parametrize("field", ["side", "language"])
def test_the_database_refuses_an_unknown_side_or_language(field: str) -> None:
    person = _person(EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**{field: "Z"})
