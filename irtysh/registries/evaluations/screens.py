"""The analyst's pages of the back office: evaluations, the sheet, tasks of review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.accounts.permissions import may
from irtysh.evaluation.strategy.outcome import STEPS
from irtysh.registries.evaluations import actions, rules
from irtysh.registries.evaluations.forms import AnswerForm, RatingForm, rating_name
from irtysh.registries.evaluations.models import Evaluation, ReviewTask, SheetRating
from irtysh.registries.evaluations.sheets import Criterion, sheet_of
from irtysh.registries.evaluations.wording import status_words
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.screens import refusing
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_MOST = 100
Taken = TypeVar("Taken")


def _look(user: Any) -> None:
    """Let in who may read evaluations in the back office; raises PermissionDenied."""
    if not may(user, "view_draft", actions.OBJECT):
        raise PermissionDenied


def _head(title: str, **more: Any) -> dict[str, Any]:
    return {"page_title": title, "header_title": title, "header_icon": "tick-inverse", **more}


def _below(*crumbs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"url": url, "label": label} for url, label in crumbs]


def _tried(form: Form, take: Callable[[], Taken]) -> Taken | None:
    """Take a step; a mistake the person can mend becomes the form's error, and None."""
    try:
        return take()
    except IrtyshError as refused:
        form.add_error(None, explain(refused, language_now()))
        return None


# Evaluations


@refusing
def evaluations(request: HttpRequest) -> HttpResponse:
    """List evaluations; make one at the press of a button."""
    _look(request.user)
    if request.method == "POST":
        return _evaluated(request)
    listed = list(Evaluation.objects.listed().select_related("made_by")[:_MOST])
    language = language_now()
    context = {
        "rows": [
            {
                "one": one,
                "reason": code_name("evaluation_reasons", one.reason, language),
                "public": public_path(one, language),
            }
            for one in listed
        ],
        "steps": _steps(listed[0], language) if listed else [],
        "unfinished": ReviewTask.objects.unfinished().count(),
        "may_evaluate": may(request.user, "add", actions.OBJECT),
        "may_sign": may(request.user, "sign", actions.OBJECT),
        **_head(_("Evaluation of the strategy")),
    }
    return render(request, "evaluations/evaluations.html", context)


def _evaluated(request: HttpRequest) -> HttpResponse:
    before = Evaluation.objects.newest()
    user: Any = request.user
    try:
        made = actions.evaluate_now(by=user, reason=rules.OFFICE)
    except IrtyshError as refused:
        messages.error(request, explain(refused, language_now()))
        return redirect("evaluations")
    if before is not None and before.pk == made.pk:
        said = _("Nothing has changed since evaluation No. %(number)s: it holds.")
    else:
        said = _("Evaluation No. %(number)s is made and public.")
    messages.success(request, said % {"number": made.number})
    return redirect("evaluations")


def public_path(evaluation: Evaluation, language: str) -> str:
    """Return where readers see an evaluation."""
    return f"/{language}/evaluation/{evaluation.number}/"


def _steps(evaluation: Evaluation, language: str) -> list[dict[str, str]]:
    return [
        {
            "id": step,
            "name": code_name("evaluation_steps", step, language),
            "status": status_words(evaluation.steps[step], language),
            "path": f"{public_path(evaluation, language)}{step}/",
        }
        for step in STEPS
        if step in evaluation.steps
    ]


# The sheet


@refusing
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Show the criteria with the signals beside them, and who signed what."""
    _look(request.user)
    evaluation = get_object_or_404(Evaluation, number=number)
    newest = Evaluation.objects.newest()
    is_newest = newest is not None and newest.pk == evaluation.pk
    context = {
        "evaluation": evaluation,
        "criteria": [_criterion(one, evaluation) for one in sheet_of(evaluation, language_now())],
        "may_sign": is_newest and may(request.user, "sign", actions.OBJECT),
        "is_newest": is_newest,
        "newest": newest,
        "public": public_path(evaluation, language_now()) + "E9/",
        **_head(
            _("Sheet of evaluation No. %(number)s") % {"number": number},
            breadcrumbs_items=_below(
                (reverse("evaluations"), _("Evaluation of the strategy")), ("", _("Sheet"))
            ),
        ),
    }
    return render(request, "evaluations/sheet.html", context)


def _criterion(one: Criterion, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "signal": one.signal,
        "rating": _rating(one.rating),
        "earlier": _rating(one.earlier),
        "address": reverse("evaluation_sign", args=(evaluation.number, one.code)),
    }


def _rating(rating: SheetRating | None) -> dict[str, Any] | None:
    if rating is None:
        return None
    return {"one": rating, "name": rating_name(rating.rating),
            "side": code_name("sides", rating.side)}  # fmt: skip


@refusing
def sign(request: HttpRequest, number: int, criterion: str) -> HttpResponse:
    """Rate and sign one criterion, its signals at hand."""
    user: Any = request.user
    if not may(user, "sign", actions.OBJECT):
        raise PermissionDenied
    evaluation = get_object_or_404(Evaluation, number=number)
    known = {one.code: one for one in sheet_of(evaluation, language_now())}
    if criterion not in known:
        return redirect("evaluation_sheet", number)
    one = known[criterion]
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        done = _tried(form, lambda: actions.sign_rating(
            evaluation=evaluation, criterion=criterion, rating=words["rating"],
            text=words["text"], by=user,
        ))  # fmt: skip
        if done is not None:
            messages.success(request, _("Signed: %(criterion)s.") % {"criterion": one.title})
            return redirect("evaluation_sheet", number)
    context = {
        "form": form,
        "evaluation": evaluation,
        **_criterion(one, evaluation),
        **_head(
            one.title,
            breadcrumbs_items=_below(
                (reverse("evaluations"), _("Evaluation of the strategy")),
                (reverse("evaluation_sheet", args=(number,)), _("Sheet")),
                ("", one.title),
            ),
        ),
    }
    return render(request, "evaluations/sign.html", context)


# Tasks


@refusing
def tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks of review, those to be answered first."""
    _look(request.user)
    found = ReviewTask.objects.listed()
    closed = found.exclude(state__in=rules.UNFINISHED).order_by("-closed_on", "-pk")
    context = {
        "open": [_task(one) for one in found.unfinished()],
        "closed": [_task(one) for one in closed[:_MOST]],
        "may_answer": may(request.user, "answer", actions.OBJECT),
        **_head(
            _("Tasks of review"),
            breadcrumbs_items=_below(
                (reverse("evaluations"), _("Evaluation of the strategy")),
                ("", _("Tasks of review")),
            ),
        ),
    }
    return render(request, "evaluations/tasks.html", context)


def _task(one: ReviewTask) -> dict[str, Any]:
    return {
        "one": one,
        "said": one.words(language_now()),
        "state": code_name("task_states", one.state),
        "is_late": one.is_late(timezone.localdate()),
        "address": reverse("evaluation_task", args=(one.pk,)),
        "diff": diff_path(one, language_now()),
    }


def diff_path(task: ReviewTask, language: str) -> str:
    """Return where readers see what changed; empty for the first evaluation of all."""
    if task.before is None:
        return ""
    pair = f"a={task.before.number}&b={task.opened_in.number}"
    return f"/{language}/evaluation/compare/?{pair}"


@refusing
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what asks for a review; take it, answer it or decline it."""
    _look(request.user)
    one = get_object_or_404(ReviewTask.objects.listed(), pk=pk)
    user: Any = request.user
    is_take = "take" in request.POST
    form = AnswerForm(request.POST if request.method == "POST" and not is_take else None)
    if request.method == "POST":
        done = None
        if is_take:
            done = _tried(form := AnswerForm(), lambda: actions.take_task(task=one, by=user))
        elif form.is_valid():
            done = _tried(form, lambda: actions.answer_task(
                task=one, answer=form.cleaned_data["answer"], by=user,
                is_declined="decline" in request.POST,
            ))  # fmt: skip
        if done is not None:
            messages.success(request, _("Kept: %(state)s.") % {
                "state": code_name("task_states", done.state)})  # fmt: skip
            return redirect("evaluation_task", pk) if is_take else redirect("evaluation_tasks")
    title = one.words(language_now())["title"]
    context = {
        **_task(one),
        "form": form,
        "may_answer": one.is_open and may(user, "answer", actions.OBJECT),
        "is_mine": one.person_id == user.pk,
        **_head(
            title,
            breadcrumbs_items=_below(
                (reverse("evaluations"), _("Evaluation of the strategy")),
                (reverse("evaluation_tasks"), _("Tasks of review")),
                ("", title),
            ),
        ),
    }
    return render(request, "evaluations/task.html", context)
