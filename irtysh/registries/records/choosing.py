"""Choosing a record in a form: Wagtail's window, and suggestions for links, among 100 000."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.widgets import AdminSnippetChooser

from irtysh.registries.records.codes import language_now
from irtysh.registries.records.models import Listing, Record, register_title, registers
from irtysh.registries.records.policy import is_of_the_office, readable
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.stems import stems
from irtysh.vocabulary.text import LANGUAGES

MOST_SUGGESTIONS = 20
_LONGEST = 200


def with_words(records: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Narrow records of one register to those with these words in any language, or this id.

    Published ones are found by the words of the listing, drafts by their title alone.
    """
    words = words.strip()[:_LONGEST]
    if not words:
        return records
    model = records.model
    listed = Listing.objects.filter(_listed_with(words), register=model.table.name)
    fitting = Q(code__in=listed.values("code")) | Q(code__startswith=words.lower())
    column = model.title_column()
    if column:
        is_translated = model.table.column(column).kind in TRANSLATED
        names = [f"{column}_{one}" for one in LANGUAGES] if is_translated else [column]
        # SQLite compares Cyrillic letters with their case.
        for form in {words, words.lower(), words.capitalize()}:
            for name in names:
                fitting |= Q(live=False, **{f"{name}__contains": form})
    return records.filter(fitting)


def suggestions(words: str, language: str) -> list[dict[str, str]]:
    """Return published records of any register that fit what was typed, the id first."""
    words = words.strip()[:_LONGEST]
    known = registers()
    register, slash, code = words.partition("/")
    if slash and register in known:
        found = Listing.objects.filter(register=register)
        if code:
            found = found.filter(Q(code__startswith=code.lower()) | _listed_with(code))
        typed = code
    else:
        found = Listing.objects.filter(register__in=known)
        if words:
            found = found.filter(Q(code__startswith=words.lower()) | _listed_with(words))
        typed = words
    is_first = Case(
        When(code__startswith=typed.lower(), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return [
        {
            "link": str(one),
            "title": one.title(language),
            "register": register_title(one.register, language),
        }
        for one in found.order_by(is_first, f"sort_{language}", "code")[:MOST_SUGGESTIONS]
    ]


def links(request: HttpRequest) -> JsonResponse:
    """Answer the suggestions of a link field."""
    if not is_of_the_office(request.user):
        return JsonResponse({"found": []}, status=403)
    return JsonResponse({"found": suggestions(request.GET.get("q", ""), language_now())})


def _listed_with(words: str) -> Q:
    """Return what says that every word occurs in one of the languages."""
    found = Q(pk__in=[])
    for language in LANGUAGES:
        asked = dict.fromkeys(stems(words, language))
        if asked:
            fitting = Q()
            for stem in asked:
                fitting &= Q(**{f"words_{language}__contains": f" {stem}"})
            found |= fitting
    return found


class _WordsForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the records that can be chosen."""
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q", "")
        self.is_searching = bool(self.search_query)
        return with_words(objects, self.search_query)


class _Records(BaseSnippetChooseView):
    filter_form_class = _WordsForm
    ordering = ("code",)

    def get_object_list(self) -> QuerySet[Any]:
        """Leave out the drafts that are not for this person."""
        return readable(self.request.user, super().get_object_list())

    @property
    def columns(self) -> list[Column]:
        """Add the id: two records may have one title."""
        title, *rest = super().columns
        label = column_label(self.model_class.table.name, "id", language_now())
        return [title, Column("code", label=label, accessor="code"), *rest]


class _Window(_Records, ChooseView):
    pass


class _Results(_Records, ChooseResultsView):
    pass


class RecordChooser(AdminSnippetChooser):
    """The field: its words follow the language of the screen, Wagtail's own freeze at start."""

    def __init__(self, model: type[Record] | None = None, **kwargs: Any) -> None:
        super().__init__(model=model, **kwargs)
        self.choose_one_text = _("Choose")
        self.choose_another_text = _("Choose another")
        self.link_to_chosen_text = _("Edit")

    def get_instance(self, value: Any) -> Any:
        """Return the chosen record; also for a value that is no number, as after a faulty form."""
        try:
            return super().get_instance(value)
        except (TypeError, ValueError):
            return None


class RecordChooserViewSet(SnippetChooserViewSet):
    """Choosing records of one register."""

    choose_view_class = _Window
    choose_results_view_class = _Results
    base_widget_class = RecordChooser
    choose_one_text = _("Choose")
    choose_another_text = _("Choose another")
    edit_item_text = _("Edit")
    per_page = 20
