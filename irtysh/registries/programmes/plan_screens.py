"""The coordinator's pages of the back office: changes of plans, and versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.accounts.permissions import may
from irtysh.registries.programmes import actions, reporting, rules
from irtysh.registries.programmes.compare import compare, differences
from irtysh.registries.programmes.desk import open_changes
from irtysh.registries.programmes.forms import ReasonForm, VersionForm, plan_form
from irtysh.registries.programmes.models import ChangeRequest, Programme
from irtysh.registries.programmes.screens import head, may_look, tried
from irtysh.registries.programmes.trees import tree_of
from irtysh.registries.programmes.wording import changes_in_words, field_in_words
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.models import register_title, title_of

_MOST = 200


def _fields(change: ChangeRequest) -> list[dict[str, str]]:
    return [
        field_in_words(change.register, one, language_now())
        for one in differences(change.before, change.document)
    ]


def _line(change: ChangeRequest) -> dict[str, Any]:
    return {
        "change": change,
        "title": title_of(change.register, change.code, language_now()),
        "register": register_title(change.register, language_now()),
        "side": code_name("sides", change.side),
        "state": code_name("change_states", change.state),
        "fields": _fields(change),
    }


def changes(request: HttpRequest) -> HttpResponse:
    """List open changes, then those that were decided."""
    may_look(request.user)
    to_decide, proposed = open_changes(request.user)
    decided = ChangeRequest.objects.exclude(state=ChangeRequest.PROPOSED)[:_MOST]
    context = {
        "to_decide": [_line(one) for one in to_decide],
        "proposed": [_line(one) for one in proposed],
        "decided": [_line(one) for one in decided],
        **head(_("Changes of plans")),
    }
    return render(request, "programmes/changes.html", context)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a change with old and new; agree, refuse, or take it back."""
    may_look(request.user)
    one = get_object_or_404(ChangeRequest, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, reason = request.user, form.cleaned_data["reason"]
        if "agree" in request.POST:
            done = tried(form, lambda: actions.agree_change(change=one, by=by))
        elif "withdraw" in request.POST:
            done = tried(form, lambda: actions.withdraw_change(change=one, by=by))
        else:
            done = tried(form, lambda: actions.refuse_change(change=one, answer=reason, by=by))
        if done is not None:
            messages.success(request, code_name("change_states", done.state).capitalize() + ".")
            return redirect("programmes_changes")
    is_open = one.state == ChangeRequest.PROPOSED and request.user.side in rules.SIDES
    kind = reporting.permission_object(one.register)
    context = {
        **_line(one),
        "form": form,
        "may_decide": is_open and request.user.side != one.side
        and may(request.user, "decide_change", kind, request.user.side),
        "may_withdraw": is_open and request.user.side == one.side
        and may(request.user, "request_change", kind, one.side),
        **head(_("Change of a plan"), header_title=title_of(one.register, one.code)),
    }  # fmt: skip
    return render(request, "programmes/change.html", context)


def propose(request: HttpRequest, register: str, code: str) -> HttpResponse:
    """Write a change, see it as old and new, send it to the other side."""
    try:
        record = actions.record_of(register, code)
    except actions.NotOfAProgramme as wrong:
        raise Http404(str(wrong)) from wrong
    kind = reporting.permission_object(register)
    if request.user.side not in rules.SIDES or not may(
        request.user, "request_change", kind, record.sides()
    ):
        raise PermissionDenied
    before = document_of(record)
    form = plan_form(record, request.POST or None)
    fields: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        document = document_of(form.instance)
        fields = [
            field_in_words(register, one, language_now()) for one in differences(before, document)
        ]
        if "send" in request.POST:
            done = tried(
                form,
                lambda: actions.propose_change(
                    record=record, document=document, by=request.user,
                    reason=form.cleaned_data["change_reason"],
                ),
            )  # fmt: skip
            if done is not None:
                messages.success(request, _("Proposed: the other side is to decide."))
                return redirect("programmes_change", done.pk)
        elif not fields:
            form.add_error(None, _("The proposal changes nothing."))
    context = {
        "form": form,
        "fields": fields,
        **head(_("Propose a change"), header_title=title_of(register, code)),
    }
    return render(request, "programmes/propose.html", context)


def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Show the versions of a programme and what changed since the last; freeze a new one."""
    may_look(request.user)
    programme = get_object_or_404(Programme, code=code)
    may_freeze = may(request.user, "publish", "programmes", programme.sides())
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_freeze:
            raise PermissionDenied
        label = form.cleaned_data["label"]
        done = tried(
            form,
            lambda: actions.freeze_version(programme=programme, label=label, by=request.user),
        )
        if done is not None:
            messages.success(request, _("Version %(number)s is kept.") % {"number": done.number})
            return redirect("programmes_versions", code)
    last = programme.versions.first()
    found = compare(last.tree, tree_of(programme)) if last else []
    context = {
        "programme": programme,
        "versions": programme.versions.select_related("made_by").defer("tree"),
        "changes": changes_in_words(found, language_now()),
        "form": form,
        "may_freeze": may_freeze,
        "today": timezone.localdate(),
        "public": reverse("portal:programme-changes", args=(code,)),
        **head(_("Versions"), header_title=programme.title_in(language_now())),
    }
    return render(request, "programmes/versions.html", context)
