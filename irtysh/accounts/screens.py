"""Screens of the back office about people: who signed in, and a second factor to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log
from wagtail.users.views.users import EditView, IndexView

from irtysh.accounts.forms import role_label
from irtysh.accounts.models import Outcome, Side, SignIn, User
from irtysh.accounts.permissions import may
from irtysh.accounts.second_factor import has_second_factor, remove_second_factor

_SHOWN_SIGN_INS = 10


class SignInFilters(WagtailFilterSet):
    """Which sign-ins to list."""

    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("When"), widget=DateRangePickerWidget
    )
    outcome = django_filters.ChoiceFilter(label=gettext_lazy("Outcome"), choices=Outcome.choices)
    user = django_filters.CharFilter(
        label=gettext_lazy("Name of the account"), field_name="user__username", lookup_expr="iexact"
    )

    class Meta:
        model = SignIn
        fields: tuple[str, ...] = ()


class SignInReport(ReportView):
    """Everybody's attempts to sign in, for administrators."""

    page_title = gettext_lazy("Sign-ins")
    header_icon = "key"
    model = SignIn
    filterset_class = SignInFilters
    index_url_name = "irtysh_sign_ins"
    index_results_url_name = "irtysh_sign_ins_results"
    is_searchable = False
    default_ordering = ("-at", "-pk")
    columns = (
        Column("at", label=gettext_lazy("When"), width="20%"),
        Column(
            "user", label=gettext_lazy("Person"), accessor=lambda one: one.user or _("unknown name")
        ),
        Column("outcome", label=gettext_lazy("Outcome"), accessor="get_outcome_display"),
        Column("address", label=gettext_lazy("Address"), accessor=lambda one: one.address or "–"),
    )
    list_export = ("at", "user", "get_outcome_display", "address")
    export_headings: Mapping[str, Any] = {
        "at": gettext_lazy("When"),
        "user": gettext_lazy("Person"),
        "get_outcome_display": gettext_lazy("Outcome"),
        "address": gettext_lazy("Address"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody who does not look after accounts."""
        if not may(request.user, "manage", "accounts"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_queryset(self) -> QuerySet[SignIn]:
        """Return attempts with their people."""
        return SignIn.objects.select_related("user").order_by(*self.default_ordering)


class PeopleView(IndexView):
    """Wagtail's list of people, with roles and side in place of who is a superuser."""

    @property
    def columns(self) -> list[Column]:
        """Return Wagtail's columns, one of them ours."""
        own = Column("roles", label=gettext_lazy("Roles"), accessor=_roles_of, width="15%")
        return [own if one.name == "is_superuser" else one for one in super().columns]

    def get_base_queryset(self) -> QuerySet[User]:
        """Return people with their roles."""
        people: QuerySet[User] = super().get_base_queryset()
        return people.prefetch_related("groups")


def _roles_of(person: User) -> str:
    named = [role_label(group) for group in person.groups.all()]
    if person.is_superuser:
        named.append(_("superuser"))
    if person.side:
        named.append(str(Side(person.side).label))
    return ", ".join(named) or "–"


class PersonView(EditView):
    """Wagtail's form for a person, with the second factor and the last sign-ins beside it.

    For whom a person may speak is worth a line of its own: with the side of another account
    somebody could confirm what their own side wrote.
    """

    def save_instance(self) -> User:
        """Save, and write down a change of side, of roles or of being let in."""
        before = _rights_of(User.objects.get(pk=self.object.pk))
        person: User = super().save_instance()
        after = _rights_of(User.objects.get(pk=person.pk))
        if before != after:
            log(
                person, "irtysh.rights", user=self.request.user,
                data={"before": before, "after": after},
            )  # fmt: skip
        return person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is shown beside the form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["has_second_factor"] = has_second_factor(self.object)
        context["sign_ins"] = self.object.sign_ins.all()[:_SHOWN_SIGN_INS]
        return context


def _rights_of(person: User) -> dict[str, Any]:
    return {
        "side": person.side,
        "roles": sorted(person.groups.values_list("name", flat=True)),
        "superuser": person.is_superuser,
        "active": person.is_active,
    }


class ResetSecondFactor(WagtailAdminTemplateMixin, TemplateView):
    """Ask whether, then let somebody who lost telephone and codes sign in by password alone."""

    template_name = "accounts/reset_second_factor.html"
    page_title = gettext_lazy("Switch the second factor off")
    header_icon = "key"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the person."""
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(User, pk=kwargs["pk"])
        self.back = reverse("wagtailusers_users:edit", args=[self.person.pk])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse everybody who does not look after accounts."""
        if not may(request.user, "change", "accounts"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        remove_second_factor(user=self.person, by=request.user)
        messages.success(request, _("The second factor is off."))
        return redirect(self.back)

    def get_page_subtitle(self) -> str:
        """Return whose it is."""
        return str(self.person.get_full_name() or self.person.get_username())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the person."""
        return [
            *self.breadcrumbs_items,
            {"url": self.back, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the way back."""
        context: dict[str, Any] = super().get_context_data(
            back=self.back, person=self.person, **kwargs
        )
        return context
