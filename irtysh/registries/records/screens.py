"""The back office of a register: list, form, history, comparison, one class for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property, lazy
from django.utils.translation import get_language
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, TitleColumn, UpdatedAtColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, InspectView, SnippetViewSet

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.records import editing
from irtysh.registries.records.bulk_screens import bulk_buttons
from irtysh.registries.records.choosing import RecordChooserViewSet, with_words
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.fields import label_of
from irtysh.registries.records.filtering import Waiting, filters_of
from irtysh.registries.records.models import Record
from irtysh.registries.records.panels import form_of
from irtysh.registries.records.policy import (
    SidePermissionPolicy,
    edit_address,
    readable,
)
from irtysh.registries.records.showing import facts_of
from irtysh.sources.registers import Kind
from irtysh.sources.registers.words import column_label, register_words
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

MENU = "register_registers_menu_item"
"""The hook of the menu "Registers": a register's own pages of the back office join it here."""

ICONS = {
    "programmes": "list-ol",
    "objectives": "list-ul",
    "measures": "tasks",
    "targets": "order",
    "risks": "warning",
    "projects": "folder-open-inverse",
    "initiatives": "pick",
    "obstacles": "warning",
    "offers": "mail",
    "organisations": "group",
    "places": "site",
    "acts": "doc-full-inverse",
    "harmonisation": "resubmit",
    "events": "date",
    "series": "history",
    "guides": "help",
    "claims": "check",
    "factors": "circle-plus",
    "glossary": "openquote",
    "publications": "doc-full",
    "announcements": "calendar-alt",
    "corrections": "edit",
}
"""Register → icon, in the order of the menu: what is run first, what is looked up last."""

_WIDE = "record-wide"
"""Columns for which a telephone has no room."""
_STATUSES = ("status", "stage", "gap", "kind")


def register_records(model: type[Record], *, waiting: Waiting | None = None) -> RecordViewSet:
    """Give a register its back office; called once for each model, in ``wagtail_hooks``.

    ``waiting`` names pieces of work of this register by which its list can be narrowed.
    """
    viewset = RecordViewSet(model=model, waiting=waiting or {})
    register_snippet(viewset)
    return viewset


class RecordIndexView(IndexView):
    """The list of a register."""

    any_permission_required = ["view"]
    default_ordering = "code"
    is_searchable = True

    @cached_property
    def columns(self) -> list[Any]:
        """Title, id, side, status, publication, day of the last change."""
        table = self.model.table
        names = {column.name for column in table.columns}
        found: list[Any] = [
            self._get_title_column_class(TitleColumn)(
                "title",
                label=column_label(table.name, self.model.title_column() or "id", language_now()),
                accessor=str,
                get_url=lambda record: self.get_edit_url(record) or self.get_inspect_url(record),
            ),
            Column(
                "code",
                label=column_label(table.name, "id", language_now()),
                accessor="code",
                sort_key="code",
                classname=_WIDE,
            ),
        ]
        if "side" in names or _speaks_by_rows(self.model):
            found.append(Column("side", label=column_label(table.name, "side", language_now()),
                                accessor=_sides, classname=_WIDE))  # fmt: skip
        status = next((one for one in _STATUSES if one in names), "")
        if status:
            codes = table.column(status).codes
            found.append(
                Column(
                    status,
                    label=column_label(table.name, status, language_now()),
                    accessor=lambda record: code_name(codes, getattr(record, status)),
                    sort_key=status,
                )
            )
        return [*found, LiveStatusTagColumn(), UpdatedAtColumn(classname=_WIDE)]

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add the way to files, in and out."""
        own = bulk_buttons(self.request.user, self.model.table.name)
        return [*super().header_more_buttons, *own]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Leave out what was never published and is not for this person."""
        return readable(self.request.user, super().get_base_queryset())

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Search as the portal does, in three languages at once."""
        return with_words(queryset, self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance: Record) -> str | None:
        """Return the form's address for those whom it lets in."""
        return edit_address(self.request.user, instance)

    def get_delete_url(self, instance: Record) -> str | None:
        """Return the address of deleting for those who may."""
        policy = SidePermissionPolicy(self.model, instance)
        if not policy.user_has_permission(self.request.user, "delete"):
            return None
        return super().get_delete_url(instance)


class RecordInspectView(editing.OfRecord, editing.WithDeeds, InspectView):
    """A record to read, for those who may not change it."""

    any_permission_required = ["view"]
    template_name = "records/admin/inspect.html"

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Return what the columns hold, in the person's language; what is empty is left out."""
        return facts_of(self.object)

    def get_edit_url(self) -> str | None:
        """Return the form's address for those whom it lets in."""
        return edit_address(self.request.user, self.object)


class RecordViewSet(SnippetViewSet):
    """The screens of one register, made from its table."""

    waiting: ClassVar[Waiting] = {}
    menu_hook = MENU
    list_per_page = 30
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False  # Reference knows who points at whom, at a tenth of the cost
    chooser_viewset_class = RecordChooserViewSet
    index_view_class = RecordIndexView
    index_template_name = "records/admin/list.html"
    inspect_view_class = RecordInspectView
    inspect_template_name = "records/admin/inspect.html"
    add_view_class = editing.RecordCreateView
    edit_view_class = editing.RecordEditView
    edit_template_name = "records/admin/edit.html"
    delete_view_class = editing.RecordDeleteView
    delete_template_name = "records/admin/delete.html"
    usage_view_class = editing.RecordUsageView
    history_view_class = editing.RecordHistoryView
    revisions_compare_view_class = editing.RecordCompareView
    unpublish_view_class = editing.RecordUnpublishView
    revisions_unschedule_view_class = editing.RecordUnscheduleView
    lock_view_class = editing.RecordLockView
    unlock_view_class = editing.RecordUnlockView
    workflow_action_view_class = editing.RecordReviewView
    collect_workflow_action_data_view_class = editing.RecordReviewDataView
    workflow_history_view_class = editing.RecordReviewHistoryView
    workflow_history_detail_view_class = editing.RecordReviewDetailView

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        register = self.model.table.name
        name_model(self.model)
        self.icon = ICONS.get(register, "snippet")
        self.base_url_path = f"registers/{register}"
        self.menu_order = list(ICONS).index(register) if register in ICONS else len(ICONS)
        self.menu_name = f"register-{register}"

    @cached_property
    def menu_label(self) -> Any:
        """The heading of the register, in the language of the screen."""
        return _words_of(self.model.table.name, "title")

    def get_edit_handler(self) -> Panel:
        """Return the tabs of the form."""
        return form_of(self.model).bind_to_model(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out Wagtail's own list of uses: it would be empty."""
        return super().get_common_view_kwargs(**{**kwargs, "usage_url_name": None})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filters."""
        filters = filters_of(self.model, self.waiting)
        return super().get_index_view_kwargs(**{**kwargs, "filterset_class": filters})

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Answer what is not allowed with 403 and a page that says so."""
        return refusing(super().construct_view(view_class, **kwargs))

    def on_register(self) -> None:
        """Let everything in Wagtail ask the matrix about these records."""
        register_permission_policy(self.model, SidePermissionPolicy(self.model))
        super().on_register()


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return the view with refusals as pages of status 403; Wagtail itself redirects them away."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return render(request, "records/admin/refused.html", {"said": ""}, status=403)
        except NotAllowed as refused:
            said = explain(refused, language_now())
            return render(request, "records/admin/refused.html", {"said": said}, status=403)

    return answered


def name_model(model: type[Record]) -> None:
    """Give a model and its rows the names of their register, in the language of the screen."""
    register = model.table.name
    model._meta.verbose_name = _words_of(register, "one")
    model._meta.verbose_name_plural = _words_of(register, "title")
    for column in model.table.of(Kind.ROWS):
        row = getattr(model, column.name).rel.related_model
        row._meta.verbose_name = row._meta.verbose_name_plural = label_of(register, column.name)


def _speaks_by_rows(model: type[Record]) -> bool:
    """Return True where rows name the sides, as bodies of a measure do."""
    return any(one.name == "side" for rows in model.table.of(Kind.ROWS) for one in rows.rows)


def _words_of(register: str, part: str) -> Any:
    def words() -> str:
        # Django names permissions with no language on: they are data, and stay in English.
        language = (get_language() or "en")[:2]
        said = register_words(register, part, language if language in LANGUAGES else LANGUAGES[0])
        return said[:1].lower() + said[1:] if part == "one" else said

    return lazy(words, str)()


def _sides(record: Record) -> str:
    return ", ".join(code_name("sides", one) for one in sorted(record.sides()))
