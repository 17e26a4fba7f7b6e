"""Wagtail's forms for people, with side and language."""

from __future__ import annotations

from wagtail.users.forms import UserCreationForm, UserEditForm

_OWN_FIELDS = {"side", "language"}


class PersonCreationForm(UserCreationForm):
    """A new account."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | _OWN_FIELDS


class PersonEditForm(UserEditForm):
    """An existing account."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | _OWN_FIELDS
