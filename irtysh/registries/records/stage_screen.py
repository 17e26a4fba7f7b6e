"""Setting a stage in the back office: where a record stands, what may follow, why it moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from irtysh.accounts.models import User
from irtysh.registries.records.actions import DraftInTheWay, refuse_draft
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.deeds import Deed, heading
from irtysh.registries.records.models import Record
from irtysh.registries.records.policy import edit_address, may_with
from irtysh.registries.records.screens import refusing
from irtysh.registries.records.showing import day_words
from irtysh.registries.records.stages import DayNotPossible, Path, StageNotAllowed
from irtysh.registries.records.steps import set_stage
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

SET_STAGE = gettext_lazy("Set the stage")

_FIELDS = {"DayNotPossible": "on", "StageNotAllowed": "stage", "StageReasonMissing": "reason"}
"""Refusal → field that mends it."""


class StageForm(forms.Form):
    """The next stage, the day of the step, the reason."""

    stage = forms.ChoiceField(label=gettext_lazy("Next stage"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=gettext_lazy("Day of the step"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Why; readers see it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    """The stage that the form was opened with."""

    def __init__(self, *args: Any, path: Path, codes: str, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        # Any stage of the way is understood, so that the refusal can name those that may follow.
        field.choices = [(one, code_name(codes, one)) for one in sorted(path.stages)]  # type: ignore[attr-defined]
        allowed = [one for one in path.next_stages(now) if one]
        field.widget.choices = [(one, code_name(codes, one)) for one in allowed]
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Refuse a form that was opened before somebody else moved the record."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("was", "") != self.now:
            self.data = self.data.copy()
            self.data["was"] = self.now
            raise forms.ValidationError(
                _("Somebody set another stage since you opened this page. Look at it once more.")
            )
        return said


def stage_screen(
    model: type[Record], path: Path, codes: str, deed: Deed
) -> Callable[..., HttpResponse]:
    """Return the page on which records of a register are moved from stage to stage."""

    def screen(request: HttpRequest, code: str) -> HttpResponse:
        user: Any = request.user
        record: Any = get_object_or_404(model, code=code)
        if not may_with(user, "set_stage", record):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        first = {"on": timezone.localdate().isoformat(), "was": record.stage}
        form = StageForm(sent, initial=first, path=path, codes=codes, now=record.stage)
        if sent is not None and form.is_valid() and _moved(form, record, path, codes, user):
            stage = code_name(codes, record.stage)
            messages.success(request, _("The stage is now: %(stage)s.") % {"stage": stage})
            return redirect(deed.address(record))
        context = {
            "record": record,
            "form": form,
            "way": _way(record, path, codes),
            "now": code_name(codes, record.stage),
            "may_follow": bool(form.fields["stage"].widget.choices),  # type: ignore[attr-defined]
            "in_the_way": _in_the_way(record),
            "edit_url": edit_address(user, record),
            "steps": [
                {
                    "step": one,
                    "from": code_name(codes, one.from_stage),
                    "to": code_name(codes, one.to_stage),
                    "side": code_name("sides", one.side),
                }
                for one in record.steps.select_related("by").order_by("-on_date", "-pk")
            ],
            **heading(user, record, str(SET_STAGE), deed.icon),
        }
        return render(request, "records/admin/stage.html", context)

    return refusing(screen)


def _moved(form: StageForm, record: Record, path: Path, codes: str, by: User) -> bool:
    """Take the step; a refusal becomes an error of the form."""
    said = form.cleaned_data
    try:
        set_stage(
            record=record, path=path, stage=said["stage"], by=by, on=said["on"],
            today=timezone.localdate(), reason=said["reason"],
        )  # fmt: skip
    except IrtyshError as refused:
        form.add_error(_FIELDS.get(refused.code), explain(_named(refused, codes), language_now()))
        return False
    return True


def _named(refused: IrtyshError, codes: str) -> IrtyshError:
    """Return a refusal that says names where it said codes."""
    if isinstance(refused, StageNotAllowed):
        said = {
            name: ", ".join(code_name(codes, one) for one in str(value).split(", "))
            for name, value in refused.params.items()
        }
        return StageNotAllowed(**said)
    if isinstance(refused, DayNotPossible):
        return DayNotPossible(**{k: day_words(str(v)) for k, v in refused.params.items()})
    return refused


def _in_the_way(record: Record) -> str:
    """Return why no step can be taken now; empty if one can."""
    try:
        refuse_draft(record)
    except DraftInTheWay as refused:
        return explain(refused, language_now())
    return ""


def _way(record: Any, path: Path, codes: str) -> list[dict[str, Any]]:
    """Return the stages in their order, with the present one, even if it lies aside."""
    names = list(path.order)
    if record.stage and record.stage not in names:
        names.append(record.stage)
    return [{"name": code_name(codes, one), "is_now": one == record.stage} for one in names]
