from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from irtysh.accounts.actions import (
    OnlyInTheDemonstration,
    create_account,
    create_demonstration_accounts,
)
from irtysh.accounts.models import User
from irtysh.accounts.roles import ADMINISTRATOR, EDITOR

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("profile", ["production", "development", "test"])
def test_demonstration_accounts_exist_only_in_the_demo(
    settings, tmp_path: Path, profile: str
) -> None:
    settings.IRTYSH_PROFILE = profile
    with pytest.raises(OnlyInTheDemonstration):
        create_demonstration_accounts(passwords_file=tmp_path / "passwords", language="ru")
    assert not User.objects.exists()
    assert not (tmp_path / "passwords").exists()


def test_a_second_run_prints_the_same_and_leaves_changed_accounts_alone(
    settings, tmp_path: Path
) -> None:
    settings.IRTYSH_PROFILE = "demo"
    file = tmp_path / "passwords"
    first = create_demonstration_accounts(passwords_file=file, language="kk")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    editor = User.objects.get(username="editor")
    assert editor.check_password(first["editor"])
    assert editor.side == "A"
    assert editor.wagtail_userprofile.preferred_language == "ru"
    editor.set_password("changed by hand")
    editor.save()

    assert create_demonstration_accounts(passwords_file=file, language="ru") == first
    editor.refresh_from_db()
    assert editor.check_password("changed by hand")
    assert editor.language == "ru"


def test_the_demonstration_has_every_role_on_the_sides_it_needs(settings, tmp_path: Path) -> None:
    settings.IRTYSH_PROFILE = "demo"
    passwords = create_demonstration_accounts(passwords_file=tmp_path / "p", language="kk")
    people = {
        one.username: (one.groups.get().name, one.side, one.language) for one in User.objects.all()
    }
    assert people == {
        "editor": ("Editor", "A", "ru"),
        "analyst": ("Analyst", "B", "kk"),
        "coordinator-a": ("Coordinator", "A", "ru"),
        "coordinator-b": ("Coordinator", "B", "kk"),
        "translator": ("Translator", "", "kk"),
        "moderator": ("Moderator", "A", "ru"),
        "moderator-b": ("Moderator", "B", "kk"),
        "administrator": ("Administrator", "", "kk"),
        "member": ("Member", "", "kk"),
    }
    assert set(passwords) == set(people)


def test_administrators_choose_a_persons_side_and_language(client: Client) -> None:
    client.force_login(
        create_account(username="admin", password="a long enough one", role=ADMINISTRATOR)
    )
    person = create_account(username="aigul", password="a long enough one", role=EDITOR)
    page = client.get(f"/admin/users/edit/{person.pk}/").content.decode()
    assert 'name="side"' in page
    assert 'name="language"' in page

    answer = client.post(
        f"/admin/users/edit/{person.pk}/",
        {
            "username": "aigul",
            "email": "aigul@example.org",
            "first_name": "Айгүл",
            "last_name": "Серікқызы",
            "side": "B",
            "language": "kk",
            "is_active": "on",
            "groups": [group.pk for group in person.groups.all()],
        },
    )
    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    person.refresh_from_db()
    assert (person.side, person.language, person.first_name) == ("B", "kk", "Айгүл")
    line = ModelLogEntry.objects.for_instance(person).get(action="irtysh.rights")
    assert line.user.username == "admin"
    assert (line.data["before"]["side"], line.data["after"]["side"]) == ("", "B")


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "сторона границы"), ("kk", "шекараның тарапы")]
)
def test_our_words_in_the_back_office_are_in_the_persons_language(
    client: Client, language: str, words: str
) -> None:
    admin = create_account(
        username="admin", password="a long enough one", role=ADMINISTRATOR, language=language
    )
    client.force_login(admin)
    page = client.get(f"/admin/users/edit/{admin.pk}/").content.decode()
    assert words in page.lower()
