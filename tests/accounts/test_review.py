from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ADMINISTRATOR, ANALYST, EDITOR

pytestmark = pytest.mark.django_db


def _person(role: str) -> User:
    return create_account(username=role.lower(), password="a long enough one", role=role)


def _drafted(by: User) -> Page:
    page = Page.objects.get(depth=2)
    page.title = "Reworded"
    page.save_revision(user=by)
    return page


def _title() -> str:
    return Page.objects.get(depth=2).title


@pytest.mark.parametrize("role", [ANALYST, ADMINISTRATOR])
def test_what_a_reviewer_approves_is_published(role: str) -> None:
    editor, reviewer = _person(EDITOR), _person(role)
    page = _drafted(editor)
    state = page.get_workflow().start(page, editor).current_task_state
    assert _title() != "Reworded"

    state.task.specific.on_action(state, reviewer, "approve")

    assert _title() == "Reworded"


@pytest.mark.parametrize("role", [EDITOR, ANALYST])
def test_what_nobody_reviewed_is_published_by_administrators_only(role: str) -> None:
    person = _person(role)
    page = _drafted(person)
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=person)
    assert _title() != "Reworded"
