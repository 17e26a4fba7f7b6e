"""Forms of the back office: the rating of a criterion, the answer to a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from irtysh.registries.evaluations import rules
from irtysh.registries.records.codes import code_name

_LONGEST = 4000


class RatingForm(forms.Form):
    """One criterion of the sheet: the rating, the words, the signature."""

    rating = forms.TypedChoiceField(label=_("Rating"), coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Why; readers see it with your name"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    stands_by = forms.BooleanField(label=_("I sign this rating. It cannot be edited afterwards."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, rating_name(one)) for one in reversed(rules.RATINGS)]
        self.fields["rating"].choices = choices  # type: ignore[attr-defined]


def rating_name(rating: int, language: str = "") -> str:
    """Return a rating with its name: "3 – largely satisfactory"."""
    return f"{rating} – {code_name('evaluation_statuses', f'rated_{rating}', language)}"


class AnswerForm(forms.Form):
    """What was decided, or why nothing is to be changed."""

    answer = forms.CharField(
        label=_("Answer; readers see it"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what was decided, or why nothing is to be changed.")},
    )
