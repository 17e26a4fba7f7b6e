"""Forms of the screens where documents become claims."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from irtysh.registries.claims.rules import LONGEST, expression_fault
from irtysh.registries.records.codes import choices, language_now, release_now
from irtysh.registries.records.models import Record
from irtysh.registries.records.shelf import edition
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

IN_LANGUAGE = {"ru": "Русский", "kk": "Қазақша", "en": "English"}
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".txt")
_CODED = {"kind": "claim_kinds", "operator": "claim_operators", "hedge": "claim_hedges",
          "flow": "flows", "unit": "units"}  # fmt: skip
_REQUIRED = ("kind", "operator")
_WRITTEN = ("commodity", "period", "base_period", "value", "granule")


class DocumentForm(forms.Form):
    """A document to read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    source = forms.ChoiceField(label=gettext_lazy("Which source it is"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "–"), *source_choices()]  # type: ignore[attr-defined]
        self.fields["source"].help_text = _(
            "A claim needs one; it can be named later, for each claim."
        )

    def clean_file(self) -> Any:
        """Refuse what is not one of the kinds of document that are read."""
        sent = self.cleaned_data["file"]
        if not sent.name.lower().endswith(SUFFIXES):
            raise forms.ValidationError(
                _("This kind of file is not read. Send PDF, DOCX, HTML or plain text.")
            )
        return sent


class ExpressionField(forms.CharField):
    """An expression; what is wrong with it is said in the words of the screen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Expression"))
        attrs = {"class": "claim-code", "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(max_length=LONGEST, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the expression; raises ValidationError with the column and what fits there."""
        text = str(super().clean(value))
        fault = expression_fault(text)
        if fault is not None:
            raise forms.ValidationError(explain(fault, language_now()))
        return text


class AcceptForm(forms.Form):
    """What a person makes of a proposal: the columns of a claim, the paraphrase first."""

    code = forms.SlugField(max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            self.fields[f"text_{language}"] = forms.CharField(
                label=f"{_label('text')} – {IN_LANGUAGE[language]}", required=False,
                max_length=500, widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
            )  # fmt: skip
        self.fields["source"] = forms.ChoiceField(
            label=_label("source"), choices=[("", "–"), *source_choices()]
        )
        self.fields["locator"] = forms.CharField(
            label=_label("locator"), required=False, max_length=300
        )
        for name, codes in _CODED.items():
            required = name in _REQUIRED
            self.fields[name] = forms.ChoiceField(
                label=_label(name), required=required, choices=[("", "–"), *choices(codes)]
            )
        self.fields["areas"] = forms.MultipleChoiceField(
            label=_label("areas"), required=False, choices=choices("areas"),
            widget=forms.SelectMultiple(attrs={"size": 6}),
        )  # fmt: skip
        for name in _WRITTEN:
            self.fields[name] = forms.CharField(label=_label(name), required=False, max_length=120)
        self.fields["unit_mult"] = forms.IntegerField(
            label=_label("unit_mult"), required=False, min_value=-12, max_value=12
        )
        self.fields["expression"] = ExpressionField(
            required=False, help_text=_("May be left empty and bound later.")
        )
        self.fields["code"].label = _label("id")
        order = ["text_ru", "text_kk", "text_en", "expression", "kind", "operator", "value"]
        self.order_fields([*order, "unit_mult", "unit", "hedge", "period", "base_period"])

    def document(self) -> dict[str, Any]:
        """Return the claim as its case file would hold it."""
        said = self.cleaned_data
        found = {name: said[name] for name in (*_CODED, *_WRITTEN, "areas", "source", "locator")}
        found["id"] = said["code"]
        found["text"] = {one: said[f"text_{one}"].strip() for one in LANGUAGES}
        found["unit_mult"] = said["unit_mult"]
        if said["expression"]:
            found["bindings"] = [{"expression": said["expression"]}]
        return found


class BindForm(forms.Form):
    """One more reading of a claim."""

    expression = ExpressionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            label = column_label("claims", "bindings.reading", language_now())
            self.fields[f"reading_{language}"] = forms.CharField(
                label=f"{label} – {IN_LANGUAGE[language]}", required=False, max_length=500,
                widget=forms.TextInput(attrs={"lang": language}),
            )  # fmt: skip

    def readings(self) -> dict[str, str]:
        """Return language → how the claim is read."""
        return {one: self.cleaned_data[f"reading_{one}"].strip() for one in LANGUAGES}


class RejectForm(forms.Form):
    """Why a proposal is no claim."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is no claim"), max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


def said_of(refused: IrtyshError) -> str:
    """Return a refusal in the language of the screen."""
    return explain(refused, language_now())


def source_choices() -> list[tuple[str, str]]:
    """Return the sources of the current release by title."""
    now = release_now()
    if not now:
        return []
    read = edition(now, language_now())
    found = [(one, read.text(source.get("title")) or one) for one, source in read.sources.items()]
    return sorted(found, key=lambda pair: pair[1].lower())


def suggested_code(record: type[Record], stem: str) -> str:
    """Return an id that no record of the register has yet."""
    taken = set(record.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _label(column: str) -> str:
    return column_label("claims", column, language_now())
