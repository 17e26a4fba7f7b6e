"""Screens of the back office: questions to sort, and the steps of an obstacle.

They join Wagtail through its hooks; apps.py loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may
from irtysh.registries.obstacles import actions, forms, obstacle_actions, rules
from irtysh.registries.obstacles.models import Obstacle, Question, StepKind
from irtysh.registries.records.codes import code_name, language_now
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_MOST = 200
_QUESTION_FORMS: dict[str, tuple[Any, Any]] = {
    "answer": (forms.AnswerForm, gettext_lazy("Answer the question")),
    "register": (forms.RegisterForm, gettext_lazy("Register as an obstacle")),
    "forward": (forms.ForwardForm, gettext_lazy("Forward to the other side")),
    "close": (forms.CloseForm, gettext_lazy("Close without an answer")),
}
_OBSTACLE_FORMS: dict[str, tuple[Any, Any]] = {
    "send": (forms.SendForm, gettext_lazy("Send to a body")),
    "answer": (forms.BodyAnswerForm, gettext_lazy("Record an answer")),
    "work": (forms.WorkForm, gettext_lazy("The body is at work on it")),
    "solve": (forms.SolveForm, gettext_lazy("Mark as solved")),
    "reject": (forms.RejectForm, gettext_lazy("End without a solution")),
}


def questions(request: HttpRequest) -> HttpResponse:
    """List the questions of the person's side, those without a reply first."""
    _may_read(request.user)
    shown = request.GET.get("state", rules.NEW)
    today = timezone.localdate()
    found = Question.objects.for_sides(getattr(request.user, "side", ""))
    found = found.filter(status=shown) if shown in rules_states() else found
    order = ("asked_on", "pk") if shown == rules.NEW else ("-asked_on", "-pk")
    own = [one for one in found.order_by(*order) if _may_see(request.user, one)]
    rows = [
        {
            "question": one,
            "clock": one.clock(today),
            "theme": code_name("themes", one.theme),
            "side": forms.side_name(one.side),
            "state": one.state_in(language_now()),
        }
        for one in own[:_MOST]
    ]
    states = [(code, code_name("question_states", code)) for code in rules_states()]
    return render(
        request,
        "obstacles/questions.html",
        {"rows": rows, "states": states, "shown": shown, **_head(_("Questions"))},
    )


def rules_states() -> tuple[str, ...]:
    """Return the states of a question in their order."""
    return (rules.NEW, rules.ANSWERED, rules.AS_OBSTACLE, rules.CLOSED)


def question(request: HttpRequest, pk: int, step: str = "") -> HttpResponse:
    """Show one question with its history and the steps that it allows; take one of them."""
    _may_read(request.user)
    one = get_object_or_404(Question.objects.for_sides(getattr(request.user, "side", "")), pk=pk)
    if not _may_see(request.user, one):
        raise PermissionDenied
    allowed = {step: _QUESTION_FORMS[step] for step in one.allowed_steps()}
    made = {
        name: _form(kind, request, name == step, {"question": one} if _asks(kind) else {})
        for name, (kind, _title) in allowed.items()
    }
    if request.method == "POST" and step in made and made[step].is_valid():
        done = _done(made[step], lambda form: _take_question(one, step, form, request.user))
        if done is not None:
            messages.success(request, _("Done, and written to whoever asked."))
            if isinstance(done, Obstacle):
                return redirect("irtysh_obstacle", done.code)
            return redirect("irtysh_question", one.pk)
    steps = [
        {"step": past, "by": past.by, "kind": past.get_kind_display(),
         "side": forms.side_name(past.side), "to": forms.side_name(past.to_side)}
        for past in one.steps.select_related("by")
    ]  # fmt: skip
    context = {
        "question": one,
        "clock": one.clock(timezone.localdate()),
        "steps": steps,
        "has_address": hasattr(one, "contact"),
        "state": one.state_in(language_now()),
        "side": forms.side_name(one.side),
        "theme": code_name("themes", one.theme),
        "audience": code_name("audiences", one.audience),
        "forms": _shown(made, allowed, "irtysh_question_step", one.pk, step),
        "list": reverse("irtysh_questions"),
        **_head(str(one)),
    }
    return render(request, "obstacles/question.html", context)


def obstacle(request: HttpRequest, code: str, step: str = "") -> HttpResponse:
    """Show how an obstacle stands and the steps that it allows; take one of them."""
    one = get_object_or_404(Obstacle, code=code)
    if not may(request.user, "view_draft", "obstacles", one.sides()):
        raise PermissionDenied
    names = rules.steps_from(rules.OBSTACLE_STEPS, one.status)
    allowed = {name: _OBSTACLE_FORMS[name] for name in names if name in _OBSTACLE_FORMS}
    made = {
        name: _form(kind, request, name == step, {"obstacle": one} if _asks(kind) else {})
        for name, (kind, _title) in allowed.items()
    }
    if request.method == "POST" and step in made and made[step].is_valid():
        done = _done(made[step], lambda form: _take_obstacle(one, step, form, request.user))
        if done is not None:
            messages.success(request, _("Done."))
            return redirect("irtysh_obstacle", one.code)
    context = {
        "obstacle": one,
        "title": one.title_in(language_now()),
        "state": code_name("obstacle_statuses", one.status),
        "body": one.body.title_in(language_now()) if one.body else "",
        "answers": [
            {"row": row, "text": row.text_or_other("text", language_now())[0],
             "body": row.body.title_in(language_now()) if row.body else ""}
            for row in one.answers.all()
        ],
        "questions": one.questions.all(),
        "edit": AdminURLFinder(request.user).get_edit_url(one),
        "public": f"/{language_now()}/obstacles/{one.code}/" if one.live else "",
        "forms": _shown(made, allowed, "irtysh_obstacle_step", one.code, step),
        **_head(one.title_in(language_now())),
    }  # fmt: skip
    return render(request, "obstacles/obstacle.html", context)


def _take_question(one: Question, step: str, form: Any, by: User) -> Any:
    said = form.cleaned_data
    match step:
        case "answer":
            return actions.answer_question(question=one, text=said["text"], by=by)
        case "register":
            return actions.register_obstacle(
                question=one, texts=form.texts(), kind=said["kind"], said=said["said"], by=by
            )
        case "forward":
            return actions.forward_question(
                question=one, to_side=said["to_side"], reason=said["reason"], by=by
            )
        case _:
            return actions.close_question(question=one, reason=said["reason"], by=by)


def _take_obstacle(one: Obstacle, step: str, form: Any, by: User) -> Any:
    said = form.cleaned_data
    match step:
        case "send":
            return obstacle_actions.send_to_body(
                obstacle=one, body=said["body"], due_on=said["due_on"], by=by
            )
        case "answer":
            return obstacle_actions.record_answer(
                obstacle=one, texts=form.texts(), on=said["on"], body=said["body"], by=by
            )
        case "work":
            return obstacle_actions.take_into_work(obstacle=one, by=by)
        case "solve":
            return obstacle_actions.solve(obstacle=one, on=said["on"], by=by)
        case _:
            return obstacle_actions.reject(
                obstacle=one, reasons=form.texts(), is_obstacle=said["is_obstacle"] == "yes", by=by
            )


def _asks(kind: Any) -> bool:
    return kind not in (
        forms.AnswerForm, forms.CloseForm, forms.WorkForm, forms.SolveForm, forms.RejectForm
    )  # fmt: skip


def _form(kind: Any, request: HttpRequest, is_sent: bool, about: dict[str, Any]) -> Form:
    data = request.POST if is_sent and request.method == "POST" else None
    made: Form = kind(data, prefix=kind.__name__.lower(), **about)
    return made


def _done(form: Form, take: Callable[[Form], Any]) -> Any:
    """Take the step; a mistake the person can mend becomes the form's error, and None."""
    try:
        return take(form)
    except IrtyshError as error:
        form.add_error(None, explain(error, language_now()))
        return None


def _shown(
    made: dict[str, Form], allowed: dict[str, tuple[Any, Any]], name: str, key: Any, step: str
) -> list[dict[str, Any]]:
    return [
        {"form": form, "title": allowed[one][1], "action": reverse(name, args=(key, one)),
         "is_open": one == step, "name": one}
        for one, form in made.items()
    ]  # fmt: skip


def _may_read(user: Any) -> None:
    if not may(user, "view_draft", "questions"):
        raise PermissionDenied


def _may_see(user: Any, one: Question) -> bool:
    """Return True if a person may read a question: it is not public, its asker is somebody."""
    return may(user, "view_draft", "questions", one.side)


def _head(title: str) -> dict[str, Any]:
    return {"page_title": title, "header_title": title, "header_icon": "help"}


class _QuestionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "view_draft", "questions")


@hooks.register("register_admin_urls")
def _urls() -> list[Any]:
    return [
        path("questions/", questions, name="irtysh_questions"),
        path("questions/<int:pk>/", question, name="irtysh_question"),
        path("questions/<int:pk>/<slug:step>/", question, name="irtysh_question_step"),
        path("obstacle-steps/<str:code>/", obstacle, name="irtysh_obstacle"),
        path("obstacle-steps/<str:code>/<slug:step>/", obstacle, name="irtysh_obstacle_step"),
    ]


@hooks.register("register_admin_menu_item")
def _menu() -> MenuItem:
    return _QuestionsItem(
        gettext_lazy("Questions"), reverse("irtysh_questions"), icon_name="help", order=210
    )


@hooks.register("register_log_actions")
def _log_actions(registry: Any) -> None:
    for kind in StepKind:
        registry.register_action(f"irtysh.question.{kind}", kind.label, kind.label)
    registry.register_action(
        "irtysh.obstacle.register",
        gettext_lazy("Register as an obstacle"),
        gettext_lazy("Registered from a question"),
    )
    for step, (_kind, title) in _OBSTACLE_FORMS.items():
        registry.register_action(f"irtysh.obstacle.{step}", title, title)
    title = gettext_lazy("Not an obstacle")
    registry.register_action("irtysh.obstacle.dismiss", title, title)
