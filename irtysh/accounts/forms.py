"""Wagtail's forms for people, with side and language, and its sign-in that says what is wrong."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from irtysh.accounts.member_forms import SignInForm
from irtysh.accounts.roles import ROLES
from irtysh.vocabulary.codelists import codelist

_OWN_FIELDS = {"side", "language"}


def role_label(group: Group) -> str:
    """Return a role's name in the language of the screen; other groups keep theirs."""
    if group.name not in ROLES:
        return group.name
    return str(codelist("roles")[group.name.lower()].name[(get_language() or "ru")[:2]])


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to choose from, by their names."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        """Return what stands beside the box."""
        return role_label(obj)


class PersonCreationForm(UserCreationForm):
    """A new account."""

    groups = RolesField(queryset=Group.objects.order_by("pk"), required=False, label=_("Roles"))

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | _OWN_FIELDS


class PersonEditForm(UserEditForm):
    """An existing account."""

    groups = RolesField(queryset=Group.objects.order_by("pk"), required=False, label=_("Roles"))

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | _OWN_FIELDS


class OfficeSignInForm(SignInForm, LoginForm):
    """Wagtail's fields, our words and reasons."""

    error_messages = SignInForm.error_messages
