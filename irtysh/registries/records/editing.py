"""Wagtail's views of one record, each asking the matrix about this very record."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Revision
from wagtail.snippets.views import snippets as wagtail

from irtysh.registries.records.deeds import header_buttons
from irtysh.registries.records.models import Reference, title_of
from irtysh.registries.records.policy import (
    ALL,
    NOTHING,
    SidePermissionPolicy,
    freedom_of,
    may_with,
)

_MOST = 20
"""References shown before deleting."""


class OfRecord:
    """What asks about permission asks about the record at hand."""

    @cached_property
    def permission_policy(self) -> SidePermissionPolicy:
        """The matrix, for this record; for a new one, for any."""
        return SidePermissionPolicy(self.model, getattr(self, "object", None))  # type: ignore[attr-defined]

    def get_page_subtitle(self) -> str:
        """Return the record's title; Wagtail's own is in the language of whoever saved it last."""
        record = getattr(self, "object", None)
        is_there = record is not None and record.pk is not None
        return str(record) if is_there else super().get_page_subtitle()  # type: ignore[misc]


class _Written(OfRecord):
    """A form that is kept as drafts on purpose, not while one types.

    A draft that nobody asked for would be in the history of two governments, and Wagtail's
    autosave writes over its own last revision, so that the history would have holes.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False

    def is_valid(self, form: BaseForm) -> bool:
        """Ask about publishing once more, for the sides that the form says now."""
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        if self.action == "publish" and not may_with(self.request.user, "publish", form.made):
            raise PermissionDenied
        return True


class RecordCreateView(_Written, wagtail.CreateView):
    """A new record."""


class WithDeeds:
    """What the person may do with the record stands in the header."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        """The deeds of the register that are open to this person."""
        return header_buttons(self.request.user, self.object)  # type: ignore[attr-defined]


class RecordEditView(_Written, WithDeeds, wagtail.EditView):
    """A record as its newest draft has it.

    Saving needs the revision that the form was opened from to be the newest still. If it is not,
    nothing is saved: the form comes back with what the person typed and with what the others
    changed meanwhile, and can be sent again once it was read.
    """

    permission_required = None
    """See ``dispatch``: three ways of being let in."""
    template_name = "records/admin/edit.html"
    overwrite_revision = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in who may change or translate the record, and who reviews it, to read."""
        self.freedom = freedom_of(request.user, self.object)
        if self.freedom == NOTHING and not self._may_review():
            raise PermissionDenied
        is_revert = self.view_name == "revisions_revert"
        if is_revert and not may_with(request.user, "change", self.object):
            raise PermissionDenied
        is_decision = request.method != "POST" or self.action == "workflow-action"
        if self.freedom == NOTHING and not is_decision:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def workflow_action_is_valid(self) -> bool:
        """Return True if the review may be decided by this person: who may publish the record."""
        return super().workflow_action_is_valid() and may_with(
            self.request.user, "publish", self.object
        )

    @cached_property
    def is_out_of_date(self) -> bool:
        """True if somebody saved since the form was opened, or if nobody can tell."""
        latest = self.latest_revision
        if not latest:
            return False
        sent = self.request.POST
        return (
            sent.get("loaded_revision_id") != str(latest.pk)
            or sent.get("loaded_revision_created_at") != self.latest_revision_created_at
        )

    def is_valid(self, form: BaseForm) -> bool:
        """Refuse what would write over the work of somebody else."""
        if self.is_out_of_date:
            self._say_out_of_date()
            form.errors  # noqa: B018 – what may not be sent is refused all the same
            return False
        return super().is_valid(form)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Save with the record held, so that of two who save in one moment one is told."""
        with transaction.atomic():
            held = self.model._base_manager.select_for_update().get(pk=self.object.pk)
            if held.latest_revision_id == (self.latest_revision and self.latest_revision.pk):
                return super().form_valid(form)
        self.object.latest_revision = held.latest_revision
        del self.latest_revision, self.latest_revision_created_at
        self._say_out_of_date()
        return self.form_invalid(form)

    def get_editing_sessions(self) -> Any:
        """Return who else has the form open; Wagtail tells only those who may change all of it."""
        return super().get_editing_sessions() if self.freedom == ALL else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how much of the form is open, and what happened since it was opened."""
        context = super().get_context_data(**kwargs)
        context["freedom"] = self.freedom
        context["conflict"] = getattr(self, "conflict", None)
        return context

    def _may_review(self) -> bool:
        user, task = self.request.user, self.current_workflow_task
        return bool(
            task
            and task.user_can_access_editor(self.object, user)
            and may_with(user, "publish", self.object)
        )

    def _say_out_of_date(self) -> None:
        self.conflict = self._changes_since(self.request.POST.get("loaded_revision_id", ""))
        self.produced_error_code = "invalid_revision"
        self.produced_error_message = _(
            "Not saved: the record was changed since you opened it. Your text is kept below."
        )

    def _changes_since(self, loaded: str) -> dict[str, Any]:
        """Return who saved since a revision, and the fields that differ from it."""
        latest = self.latest_revision
        revisions = Revision.objects.for_instance(self.object)
        opened = revisions.filter(pk=loaded).first() if loaded.isdecimal() else None
        if opened is None or opened.pk == latest.pk:
            return {"saved": [latest], "changes": [], "compare_url": ""}
        panel = self.panel.get_bound_panel(
            instance=self.live_object, request=self.request, form=None
        )
        before, after = opened.as_object(), latest.as_object()
        differences = [one(before, after) for one in panel.get_comparison()]
        later = revisions.filter(pk__gt=opened.pk).select_related("user").order_by("-pk")
        return {
            "saved": later[:10],
            "changes": [one for one in differences if one.has_changed()],
            "compare_url": reverse(
                self.revisions_compare_url_name,
                args=(quote(self.object.pk), opened.pk, latest.pk),
            ),
        }


class RecordDeleteView(OfRecord, wagtail.DeleteView):
    """Deleting, unless another record needs this one."""

    template_name = "records/admin/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add who points at the record."""
        return {**super().get_context_data(**kwargs), "pointing": self._pointing()}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Delete; say which record is in the way, if one is."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError as held:
            names = ", ".join(
                str(getattr(one, "record", one)) for one in list(held.protected_objects)[:5]
            )
            messages.error(
                self.request,
                _("Not deleted: other records need it – %(records)s.") % {"records": names},
            )
            return redirect(self.get_delete_url())

    def _pointing(self) -> list[tuple[str, str]]:
        """Return title and link of published records that point here."""
        found = Reference.objects.filter(
            to_register=self.model.table.name, to_code=self.object.code
        ).values_list("from_register", "from_code")
        return [
            (title_of(register, code), f"{register}/{code}")
            for register, code in found.order_by("from_register", "from_code").distinct()[:_MOST]
        ]


class RecordUsageView(OfRecord, wagtail.UsageView):
    """Where a record is used."""


class RecordHistoryView(OfRecord, wagtail.HistoryView):
    """Everything that was done with a record."""

    any_permission_required = ["view_draft", "change", "translate"]


class RecordCompareView(OfRecord, wagtail.RevisionsCompareView):
    """Two versions of a record side by side."""

    permission_required = None
    any_permission_required = ["view_draft", "change", "translate"]
    template_name = "records/admin/compare.html"


class RecordUnpublishView(OfRecord, wagtail.UnpublishView):
    """Taking a record from the portal."""


class RecordUnscheduleView(OfRecord, wagtail.RevisionsUnscheduleView):
    """Taking back a date of publication."""


class RecordLockView(OfRecord, wagtail.LockView):
    """Keeping a record for oneself."""


class RecordUnlockView(OfRecord, wagtail.UnlockView):
    """Letting the others at it again."""


class _Decided(OfRecord):
    """Deciding a review is for those who may publish the record."""

    def check_action(self) -> None:
        super().check_action()  # type: ignore[misc]
        if not self.permission_policy.user_has_permission(self.request.user, "publish"):
            raise PermissionDenied


class RecordReviewView(_Decided, wagtail.WorkflowActionView):
    """Approving, or asking for changes."""


class RecordReviewDataView(_Decided, wagtail.CollectWorkflowActionDataView):
    """The words that go with it."""


class RecordReviewHistoryView(OfRecord, wagtail.WorkflowHistoryView):
    """Reviews of a record."""

    permission_required = None
    any_permission_required = ["view_draft", "change", "translate"]


class RecordReviewDetailView(OfRecord, wagtail.WorkflowHistoryDetailView):
    """One review of a record."""

    permission_required = None
    any_permission_required = ["view_draft", "change", "translate"]
