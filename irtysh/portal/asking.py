"""Asking or reporting without an account, and the page on which the asker follows it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from irtysh.accounts.public_forms import (
    HumanForm,
    TooManyRequests,
    limited_by_address,
    rate_limited,
)
from irtysh.portal.presenters import words
from irtysh.portal.reading import reading_of
from irtysh.registries.obstacles import actions, rules
from irtysh.registries.obstacles.models import Question, StepKind
from irtysh.registries.places.models import Place
from irtysh.registries.records.codes import choices, code_name, language_now
from irtysh.vocabulary.wording import explain

_HOUR = 3600
_QUESTIONS_OF_AN_ADDRESS = 10
"""Questions in an hour from one address: an office or a family may share it."""
_LETTERS_TO_AN_ADDRESS = 3
"""Letters in an hour to one address, which nobody has confirmed to be the asker's."""
_PLACES = ("crossing", "border", "city", "town", "railway", "airport", "port")
"""Kinds of places where something happens to people."""
_LONGEST = 5000


class _PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title_in(language_now()))


class AskForm(HumanForm):
    """What happened, where, to whom; an address only if a letter is wanted."""

    text = forms.CharField(
        label=gettext_lazy("What happened, or what do you want to know?"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("Please no numbers of papers and no names of other people."),
    )
    side = forms.ChoiceField(label=gettext_lazy("Which side does it concern?"), required=False)
    place = _PlaceField(
        label=gettext_lazy("Crossing or town"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=gettext_lazy("none of these"),
    )
    where = forms.CharField(
        label=gettext_lazy("Another place, in your words"), max_length=200, required=False
    )
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("Who are you?"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for the answer"),
        required=False,
        help_text=gettext_lazy(
            "Not needed: you can read the answer on the page of your question. The address is shown"
            " to nobody and deleted 90 days after the question is closed."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What to call you in the letter"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    no_answer = forms.BooleanField(
        label=gettext_lazy("I only want to report this; no answer is needed"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("side", "sides", _("I do not know, or both"))
        self._choose("theme", "themes", _("I do not know"))
        self._choose("audience", "audiences", _("I would rather not say"))
        places = Place.objects.filter(live=True, kind__in=_PLACES)
        self.fields["place"].queryset = places.order_by("kind", "code")  # type: ignore[attr-defined]

    def _choose(self, field: str, codes: str, nothing: str) -> None:
        self.fields[field].choices = [("", nothing), *choices(codes)]  # type: ignore[attr-defined]

    def asked(self) -> actions.Asked:
        """Return what was sent."""
        said = self.cleaned_data
        return actions.Asked(
            text=said["text"],
            language=(get_language() or "ru")[:2],
            side=said["side"],
            theme=said["theme"],
            audience=said["audience"],
            place=said["place"],
            where=said["where"],
            wants_answer=not said["no_answer"],
            name=said["name"],
            email="" if said["no_answer"] else said["email"],
        )


@never_cache
@sensitive_post_parameters("text", "email", "name", "where")
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form; keep what was asked and lead to its page."""
    form = AskForm(request.POST or None, initial={"theme": request.GET.get("theme", "")})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                limited_by_address(request, "ask", _QUESTIONS_OF_AN_ADDRESS, _HOUR)
                asked = form.asked()
                if asked.email:
                    to = asked.email.casefold()
                    rate_limited(f"ask-to/{to}", _LETTERS_TO_AN_ADDRESS, _HOUR)
                question = actions.ask(asked=asked)
                return redirect("portal:question", question.token)
            except (TooManyRequests, rules.WordsMissing) as error:
                form.add_error(None, explain(error, language_now()))
                status = 429 if isinstance(error, TooManyRequests) else 422
    page = {"form": form, "counts": Question.objects.public_counts(timezone.localdate()),
            "target": rules.REPLY_TARGET}  # fmt: skip
    context = {"reading": reading_of(request), "page": page}
    return render(request, "portal/ask.html", context, status=status)


@never_cache
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Show the asker how the question stands and what was answered."""
    one = get_object_or_404(Question.objects.select_related("obstacle", "place"), token=token)
    language = language_now()
    shown = (StepKind.ASK, StepKind.ANSWER, StepKind.REGISTER, StepKind.FORWARD, StepKind.CLOSE,
             StepKind.END)  # fmt: skip
    page = {
        "one": one,
        "state": one.state_in(language),
        "clock": one.clock(timezone.localdate()),
        "side": code_name("sides", one.side),
        "theme": code_name("themes", one.theme),
        "place": one.place.title_in(language) if one.place else one.where,
        "asked_on": words.day_words(one.asked_on),
        "address": request.build_absolute_uri(request.path),
        "is_new": one.status == rules.NEW,
        "has_address": hasattr(one, "contact"),
        "steps": [
            {
                "kind": step.kind,
                "title": step.get_kind_display(),
                "day": words.day_words(timezone.localdate(step.at)),
                "side": code_name("sides", step.to_side or step.side),
                # Why it was forwarded is for colleagues.
                "text": "" if step.kind == StepKind.FORWARD or one.forgotten_on else step.text,
            }
            for step in one.steps.filter(kind__in=shown)
        ],
        "obstacle": one.obstacle if one.obstacle is not None and one.obstacle.live else None,
        "obstacle_title": one.obstacle.title_in(language) if one.obstacle else "",
        "obstacle_state": code_name("obstacle_statuses", one.obstacle.status)
        if one.obstacle
        else "",
    }
    response = render(request, "portal/ask_question.html", {
        "reading": reading_of(request), "page": page,
    })  # fmt: skip
    # The address is the key: no other page may learn it from the browser.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


urlpatterns = [
    path("ask/", ask, name="ask"),
    path("ask/<str:token>/", question, name="question"),
]
