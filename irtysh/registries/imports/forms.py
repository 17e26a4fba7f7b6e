"""Forms of the screens where a data file becomes a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from irtysh.registries.imports import rules
from irtysh.registries.imports.models import Import
from irtysh.registries.records.codes import choices, language_now
from irtysh.sources.intake.layout import Question, Recognised
from irtysh.sources.intake.roles import PREFIX, ROLES, setting_of
from irtysh.sources.intake.rows import WITH_COLUMNS
from irtysh.sources.intake.text import DELIMITERS, ENCODINGS
from irtysh.sources.intake.words import LISTS, option_name, role_name, setting_name
from irtysh.vocabulary.text import LANGUAGES

IN_LANGUAGE = {"ru": "Русский", "kk": "Қазақша", "en": "English"}
SUFFIXES = (".csv", ".tsv", ".txt", ".dbf", ".xlsx", ".xls", ".parquet", ".json", ".xml", ".gz",
            ".zip")  # fmt: skip
_CHOSEN = {
    name: LISTS[name]
    for name in ("status", "flow", "valuation", "freq", "ref_area", "counterpart_area")
}
"""Setting → the code list of which it is one code."""
_MARKS = {",": ", ", ";": ";", "\t": "Tab", "|": "|"}


class OpeningForm(forms.Form):
    """What a person may state over what would be found out."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"), required=False)
    header_line = forms.IntegerField(
        label=gettext_lazy("Line of the heading"), required=False, min_value=0, max_value=1000
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        auto = ("", gettext_lazy("find out"))
        self.fields["encoding"].choices = [auto, *((one, one.upper()) for one in ENCODINGS)]  # type: ignore[attr-defined]
        self.fields["delimiter"].choices = [auto, *((one, _MARKS[one]) for one in DELIMITERS)]  # type: ignore[attr-defined]

    def opening(self) -> dict[str, Any]:
        """Return what was stated."""
        return {
            name: self.cleaned_data.get(name) for name in ("encoding", "delimiter", "header_line")
        }


class UploadForm(OpeningForm):
    """A data file."""

    file = forms.FileField(
        label=gettext_lazy("File"), max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )  # fmt: skip
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"), required=False, max_length=120,
        help_text=gettext_lazy("How this publisher's last file was read will be proposed again."),
    )  # fmt: skip
    field_order = ("file", "publisher", "encoding", "delimiter", "header_line")


class MappingForm(forms.Form):
    """Layout, its settings and its questions; for a generic layout the roles of the columns."""

    def __init__(
        self, one: Import, recognised: Recognised | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked: list[str] = []
        questions = {q.setting: q for q in (recognised.questions if recognised else ())}
        if recognised is not None and recognised.layout.startswith("generic-"):
            self._columns(one)
        # A generic question is answered as well by naming a column: the action looks at both.
        self.is_generic = recognised is not None and recognised.layout.startswith("generic-")
        settings = recognised.settings if recognised else {}
        for name in dict.fromkeys((*settings, *one.settings, *questions)):
            if not name.startswith(PREFIX):
                self._setting(name, one.settings.get(name, ""), questions.get(name))
        self.fields["dataset_id"] = forms.CharField(
            label=gettext_lazy("Id of the dataset"), max_length=rules.LONGEST_ID,
            initial=one.dataset,
            help_text=gettext_lazy(
                "Capital Latin letters, digits and underscores: TRADE_OMSK. "
                "An id in use gets a new edition."
            ),
            widget=forms.TextInput(attrs={"class": "import-code", "autocapitalize": "characters"}),
        )  # fmt: skip

    def _columns(self, one: Import) -> None:
        roles = [(role, role_name(role, language_now())) for role in ("", *ROLES)]
        if one.head.get("form") not in WITH_COLUMNS:
            return
        for place, name in enumerate(one.head["header"]):
            key = setting_of(place)
            self.fields[key] = forms.ChoiceField(
                label=name or str(place + 1), required=False, choices=roles,
                initial=one.settings.get(key, ""),
            )  # fmt: skip

    def _setting(self, name: str, value: str, question: Question | None) -> None:
        label = setting_name(name, language_now())
        options = question.options if question else ()
        if question is not None:
            self.asked.append(name)
        suggested = question.suggested if question else ""
        required = question is not None and not self.is_generic
        if options:
            listed = [
                ("", "–"),
                *((one, option_name(name, one, language_now())) for one in options),
            ]
            if value and value not in options:
                listed.append((value, option_name(name, value, language_now())))
            self.fields[name] = forms.ChoiceField(
                label=label, choices=listed, required=required, initial=value
            )
        elif name in _CHOSEN and (not value or value in dict(choices(_CHOSEN[name]))):
            listed = [("", "–"), *choices(_CHOSEN[name])]
            self.fields[name] = forms.ChoiceField(
                label=label, choices=listed, required=required, initial=value
            )
        else:
            self.fields[name] = forms.CharField(
                label=label, required=required, max_length=300, initial=value
            )
        if suggested:
            said = option_name(name, suggested, language_now())
            self.fields[name].help_text = gettext_lazy("The file makes likely:") + f" {said}"

    def settings(self) -> dict[str, str]:
        """Return the settings as typed."""
        return {
            name: str(value) for name, value in self.cleaned_data.items() if name != "dataset_id"
        }

    @property
    def columns(self) -> list[Any]:
        """The fields of the columns of a generic layout."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def questions(self) -> list[Any]:
        """The fields that must be answered."""
        return [self[name] for name in self.asked]

    @property
    def others(self) -> list[Any]:
        """What was read off the file, to be corrected where it is wrong."""
        own = {"dataset_id", *self.asked}
        return [self[n] for n in self.fields if n not in own and not n.startswith(PREFIX)]


class AboutForm(forms.Form):
    """What readers are told of a dataset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in rules.TEXTS:
            for language in LANGUAGES:
                area = {"rows": 3 if name == "description" else 1, "lang": language}
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{_LABELS[name]} – {IN_LANGUAGE[language]}",
                    required=name not in rules.MAY_BE_EMPTY, max_length=2000,
                    widget=forms.Textarea(attrs=area),
                )  # fmt: skip
        self.fields["licence"] = forms.CharField(
            label=gettext_lazy("Licence"), max_length=300,
            help_text=gettext_lazy(
                "As the publisher states it: CC BY 4.0, terms of use with attribution."
            ),
        )  # fmt: skip
        self.fields["address"] = forms.URLField(
            label=gettext_lazy("Address of the source"), required=False, assume_scheme="https"
        )
        self.fields["published_on"] = forms.CharField(
            label=gettext_lazy("Published on"), required=False, max_length=10,
            help_text=gettext_lazy("2024, 2024-05 or 2024-05-31."),
        )  # fmt: skip

    @staticmethod
    def filled(about: Mapping[str, Any]) -> dict[str, str]:
        """Return the initial values of what is said of a dataset already."""
        sources = about.get("sources") or [{}]
        found = {
            f"{name}_{language}": (about.get(name) or {}).get(language, "")
            for name in rules.TEXTS
            for language in LANGUAGES
        }
        found["licence"] = str(about.get("licence") or "")
        return found | {n: str(sources[0].get(n) or "") for n in ("address", "published_on")}

    def about(self, source: str) -> dict[str, Any]:
        """Return what the catalogue says; the source is a record as in a case."""
        said = {name: value.strip() for name, value in self.cleaned_data.items()}
        texts = {
            name: {language: said[f"{name}_{language}"] for language in LANGUAGES}
            for name in rules.TEXTS
        }
        record = {"id": source, "kind": "dataset", "title": texts["title"],
                  "publisher": texts["publisher"], "licence": said["licence"]}  # fmt: skip
        record |= {n: said[n] for n in ("address", "published_on") if said[n]}
        if not any(texts["unit_note"].values()):
            texts["unit_note"] = dict.fromkeys(LANGUAGES, "")
        return {**texts, "licence": said["licence"], "sources": [record], "order": 1000}


_LABELS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("Description"),
    "publisher": gettext_lazy("Publisher"),
    "unit_note": gettext_lazy("Note on the unit"),
}
