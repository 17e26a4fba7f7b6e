"""Forms of the back office: one for each step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from irtysh.registries.obstacles.models import Obstacle, Question
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.codes import choices, code_name, language_now
from irtysh.vocabulary.text import LANGUAGES

BODIES = ("authority", "municipality", "agency", "zone", "fund", "representation", "chamber")
"""Kinds of organisations that can be asked to remove an obstacle."""
_LABEL = 80
"""Letters of a name in a list to choose from: the list is as wide as the longest."""


class BodyField(forms.ModelChoiceField):
    """An organisation that can answer, by its name in the language of the screen."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(obj.title_in(language_now())).chars(_LABEL)


def _bodies() -> Any:
    return Organisation.objects.filter(live=True, kind__in=BODIES).order_by("code")


def _day(label: Any, **more: Any) -> forms.DateField:
    # A browser shows a day in its reader's own way, and wants it in this one.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=8000, widget=forms.Textarea(attrs={"rows": 4}), **more
    )


class AnswerForm(forms.Form):
    """An answer to whoever asked."""

    text = _words(_("Answer"))


class RegisterForm(forms.Form):
    """A public record made from a question."""

    kind = forms.ChoiceField(label=_("Kind of obstacle"))
    said = _words(_("Words to whoever asked"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("legal_gaps")  # type: ignore[attr-defined]
        self.fields["kind"].initial = "unknown"
        for language in LANGUAGES:
            name = forms.CharField(
                label=_("Name (%(language)s)") % {"language": language}, max_length=500,
                required=language == question.language,
            )  # fmt: skip
            self.fields[f"name_{language}"] = name
        for language in LANGUAGES:
            summary = _words(
                _("Description (%(language)s)") % {"language": language}, required=False
            )
            if language == question.language:
                summary.initial = question.text
                summary.help_text = _(
                    "The words of the question stand here to begin with. Take out names, dates of"
                    " birth, numbers of papers and everything else by which a person can be known:"
                    " this text is published."
                )
            self.fields[f"summary_{language}"] = summary
        self.order_fields(["kind", *self._texts(), "said"])

    def _texts(self) -> list[str]:
        return [f"{part}_{one}" for part in ("name", "summary") for one in LANGUAGES]

    def texts(self) -> dict[str, str]:
        """Return the fields of the record that were written."""
        return {name: self.cleaned_data[name].strip() for name in self._texts()}


class ForwardForm(forms.Form):
    """The other side, and why."""

    to_side = forms.ChoiceField(label=_("To the side"))
    reason = _words(_("Why"))

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(one, name) for one, name in choices("sides") if one != question.side]
        self.fields["to_side"].choices = others  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """A reason that the asker reads."""

    reason = _words(_("Reason; the asker reads it"))


class SendForm(forms.Form):
    """The body that has to act, and until when it should answer."""

    body = BodyField(label=_("Body"), queryset=Organisation.objects.none())
    due_on = _day(_("Answer awaited until"), required=False)

    def __init__(self, *args: Any, obstacle: Obstacle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = _bodies()  # type: ignore[attr-defined]
        self.fields["body"].initial = obstacle.body_id


class _TextsForm(forms.Form):
    """Words in the languages there are; at least one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"text_{language}"] = _words(
                _("Words (%(language)s)") % {"language": language}, required=False
            )

    def texts(self) -> dict[str, str]:
        """Return language → words."""
        return {one: self.cleaned_data[f"text_{one}"] for one in LANGUAGES}


class BodyAnswerForm(_TextsForm):
    """What the body answered, and when."""

    on = _day(_("Day of the answer"))
    body = BodyField(label=_("Who answered"), queryset=Organisation.objects.none(), required=False)

    def __init__(self, *args: Any, obstacle: Obstacle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = _bodies()  # type: ignore[attr-defined]
        self.fields["body"].initial = obstacle.body_id
        self.fields["on"].initial = timezone.localdate()


class SolveForm(forms.Form):
    """The day since which the obstacle is gone."""

    on = _day(_("Solved on"))


class RejectForm(_TextsForm):
    """Why nothing will be done; published."""

    is_obstacle = forms.ChoiceField(
        label=_("Why it ends"),
        choices=[
            ("yes", _("It is an obstacle, and will not be removed")),
            ("no", _("It is not an obstacle")),
        ],
    )


class WorkForm(forms.Form):
    """Nothing to fill in."""


def side_name(side: str) -> str:
    """Return the name of a side, or that it is not known."""
    return code_name("sides", side) if side else str(_("side not known"))
