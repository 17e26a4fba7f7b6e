"""Forms of the coordinator's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from irtysh.registries.organisations.models import Organisation
from irtysh.registries.programmes import proofs
from irtysh.registries.programmes.actions import Words
from irtysh.registries.programmes.models import Measure, Report
from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Record
from irtysh.sources.registers import Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.tables import EVERYWHERE
from irtysh.vocabulary.text import LANGUAGES

_LONG = 5000
_NOT_CHANGED = {"programme", *(column.name for column in EVERYWHERE)}


class ReportForm(forms.Form):
    """A report: how far, three fields, a proof."""

    share = forms.IntegerField(
        label=_("Done so far, per cent"), min_value=0, max_value=100,
        help_text=_("Of the whole measure since its start."),
    )  # fmt: skip
    done = forms.CharField(
        label=_("What was done"), max_length=_LONG, widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )  # fmt: skip
    problems = forms.CharField(
        label=_("What stands in the way"), max_length=_LONG, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    ahead = forms.CharField(
        label=_("What comes next"), max_length=_LONG, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    body = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Reporting body"), required=False
    )
    proof_file = forms.FileField(label=_("Proof: a file"), required=False)
    proof_address = forms.URLField(
        label=_("Proof: an address"), required=False, max_length=2000, assume_scheme="https"
    )
    proof_is_public = forms.BooleanField(
        label=_("Show the file to everybody once the report is confirmed"), required=False
    )

    def __init__(self, *args: Any, measure: Measure, report: Report | None, **more: Any) -> None:
        if report is not None:
            more["initial"] = {
                name: getattr(report, name)
                for name in ("share", "done", "problems", "ahead", "body", "proof_address",
                             "proof_is_public")
            }  # fmt: skip
        super().__init__(*args, **more)
        keys = [row.organisation_id for row in measure.bodies.all() if row.organisation_id]
        self.fields["body"].queryset = Organisation.objects.filter(pk__in=keys)
        self.fields["proof_file"].help_text = _(
            "At most %(megabytes)s MB: %(kinds)s. Only the two sides can open it."
        ) % {"megabytes": proofs.LARGEST // (1024 * 1024), "kinds": ", ".join(proofs.KINDS)}

    def words(self) -> Words:
        """Return what was written."""
        said = self.cleaned_data
        return Words(
            share=said["share"], done=said["done"], problems=said["problems"],
            ahead=said["ahead"], body=said["body"], proof_file=said["proof_file"],
            proof_address=said["proof_address"], proof_is_public=said["proof_is_public"],
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is returned or refused."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class VersionForm(forms.Form):
    """What a version is called."""

    label = forms.CharField(
        label=pgettext_lazy("programme", "Label"),
        max_length=200,
        help_text=_("For example: as signed by both sides."),
    )


class SheetForm(forms.Form):
    """A filled report sheet."""

    file = forms.FileField(label=_("Filled sheet (CSV)"))


def plan_form(record: Record, data: Any = None) -> forms.ModelForm:
    """Return a form for those fields of a record that a change may touch, and its reason.

    Rows (bodies, budgets, dependencies) and sources are changed by an editor, not by a proposal.
    """
    names = []
    for column in record.table.columns:
        if column.name in _NOT_CHANGED or column.kind is Kind.ROWS:
            continue
        if column.kind in TRANSLATED:
            names += [f"{column.name}_{language}" for language in LANGUAGES]
        else:
            names.append(field_name(column))
    kind = forms.modelform_factory(type(record), form=forms.ModelForm, fields=names)
    form = kind(data, instance=record)
    for field in form.fields.values():
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
    programme = record.programme
    for name in ("objective", "parent", "measure"):
        if name in form.fields:
            field = form.fields[name]
            field.queryset = field.queryset.filter(programme=programme)
    form.fields["change_reason"] = forms.CharField(
        label=_("Reason"), max_length=_LONG, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side and the public will read it."),
    )  # fmt: skip
    return form
