"""Pages of the back office: checking whether an act still stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages

from irtysh.accounts.models import User
from irtysh.registries.acts import desk
from irtysh.registries.acts.actions import CheckInTheFuture, check_status
from irtysh.registries.acts.models import Act
from irtysh.registries.records.actions import DraftInTheWay, refuse_draft
from irtysh.registries.records.codes import choices, language_now
from irtysh.registries.records.deeds import heading
from irtysh.registries.records.policy import edit_address, may_with
from irtysh.registries.records.screens import refusing
from irtysh.registries.records.showing import day_words
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_IN = {
    "ru": gettext_lazy("Note in Russian"),
    "kk": gettext_lazy("Note in Kazakh"),
    "en": gettext_lazy("Note in English"),
}


class CheckForm(forms.Form):
    """What was found, on which day, where."""

    status = forms.ChoiceField(label=gettext_lazy("What you found"))
    on = forms.DateField(
        label=gettext_lazy("Day on which you looked"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    address = forms.URLField(
        label=gettext_lazy("Address of the page you looked at"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(code, name) for code, name in choices("act_statuses") if code != "unchecked"]
        self.fields["status"].choices = [("", "–"), *known]  # type: ignore[attr-defined]
        for language in LANGUAGES:
            self.fields[f"note_{language}"] = forms.CharField(
                label=_IN[language],
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )


@refusing
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show how an act stands and what one more check would make of it; write the check down."""
    user: Any = request.user
    act = get_object_or_404(Act, code=code)
    if not may_with(user, "check_status", act):
        raise PermissionDenied
    today = timezone.localdate()
    before = desk.shown(act.standing(today))
    form = CheckForm(
        request.POST if request.method == "POST" else None, initial={"on": today.isoformat()}
    )
    after = None
    if form.is_bound and form.is_valid():
        after = desk.shown(
            desk.standing_after(act, form.cleaned_data["on"], form.cleaned_data["status"], today)
        )
        if "save" in request.POST and _saved(form, act, user):
            said = {"before": before.status, "after": after.status}
            words = _("Written down. The act stood: %(before)s; it stands: %(after)s.") % said
            messages.success(request, words)
            return redirect(desk.CHECK.address(act))
    context = {
        "act": act,
        "before": before,
        "after": after,
        "form": form,
        "checks": desk.checks_of(act),
        "places": desk.places_to_look(act),
        "in_the_way": _in_the_way(act),
        "edit_url": edit_address(user, act),
        **heading(user, act, str(desk.CHECK.label), desk.CHECK.icon),
    }
    return render(request, "acts/check.html", context)


def _saved(form: CheckForm, act: Act, by: User) -> bool:
    """Write the check down; a refusal becomes an error of the form."""
    said = form.cleaned_data
    try:
        check_status(
            act=act, by=by, on=said["on"], today=timezone.localdate(), status=said["status"],
            address=said["address"], notes=desk.notes_of(said),
        )  # fmt: skip
    except CheckInTheFuture as refused:
        days = {name: day_words(str(value)) for name, value in refused.params.items()}
        form.add_error("on", explain(CheckInTheFuture(**days), language_now()))
        return False
    except IrtyshError as refused:
        form.add_error(None, explain(refused, language_now()))
        return False
    return True


def _in_the_way(act: Act) -> str:
    """Return why nothing can be written down now; empty if it can."""
    try:
        refuse_draft(act)
    except DraftInTheWay as refused:
        return explain(refused, language_now())
    return ""


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the address of the page."""
    return [path("registers/acts/check/<str:code>/", check, name=desk.CHECK.url)]
