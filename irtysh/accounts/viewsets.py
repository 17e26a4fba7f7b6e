"""Wagtail's screens for people, with our forms and more to see."""

from __future__ import annotations

from wagtail.users.forms import UserCreationForm
from wagtail.users.views.users import UserViewSet

from irtysh.accounts.forms import PersonCreationForm, PersonEditForm
from irtysh.accounts.screens import PeopleView, PersonView


class PortalUserViewSet(UserViewSet):
    """List, add, edit, remove people."""

    create_template_name = "accounts/person_create.html"
    edit_template_name = "accounts/person_edit.html"
    index_view_class = PeopleView
    edit_view_class = PersonView

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm]:
        return PersonEditForm if for_update else PersonCreationForm
