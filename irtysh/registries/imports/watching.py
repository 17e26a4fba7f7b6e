"""Seeing what became of a step: the child writes into its folder, whoever looks writes it down."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.registries.imports import processes
from irtysh.registries.imports.models import AT_WORK, Import, RememberedMapping, State

CANCELLED = "ImportCancelled"


def look(one: Import) -> Import:
    """Return an import as it stands now: rows done, or what the ended process left."""
    if one.state not in AT_WORK:
        return one
    progress = one.folder.read("progress") or {}
    one.rows = int(progress.get("rows", one.rows))
    one.expected = int(progress.get("of", one.expected))
    if processes.is_alive(one.folder):
        return one
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=one.pk)
        if held.state != one.state:  # somebody else has looked
            return held
        held.rows, held.expected = one.rows, one.expected
        _read_ended(held) if held.state == State.READING else _publishing_ended(held)
        held.save()
    return held


def _read_ended(one: Import) -> None:
    folder = one.folder
    sheet, error = folder.read("sheet"), folder.read("error")
    if sheet is not None:
        one.sheet, one.state = sheet, State.CHECKED
        one.rows = sheet["lines"]
        return
    if error is not None and error["code"] != CANCELLED:
        one.fault, one.state = error, State.FAILED
        return
    code = CANCELLED if error is not None else "ReadingStopped"
    one.fault = {"code": code, "params": {"line": str(one.rows)}}
    one.state = State.STOPPED


def _publishing_ended(one: Import) -> None:
    made, error = one.folder.read("published"), one.folder.read("error")
    if made is None:
        one.fault = error or {"code": "PublishingStopped", "params": {}}
        one.state = State.CHECKED
        return
    one.vintage, one.state = made["vintage"], State.PUBLISHED
    one.published_at = timezone.now()
    _remember(one)
    # Who asked for it stands at "publishing"; ``by`` is who brought the file.
    log(
        instance=one, action="irtysh.data_published", user=None,
        data={"dataset": one.dataset, "vintage": one.vintage},
    )  # fmt: skip


def _remember(one: Import) -> None:
    """Keep how the file was read, for the next one of the publisher with the same heading."""
    job = one.folder.read("job") or {}
    about = {name: value for name, value in one.about.items() if name != "snapshot"}
    RememberedMapping.objects.update_or_create(
        publisher=one.publisher, shape=one.shape,
        defaults={
            "layout": one.layout, "settings": one.settings, "dataset": one.dataset,
            "about": about, "by": one.by,
            "opening": {name: job.get(name) for name in ("encoding", "delimiter", "header_line")},
        },
    )  # fmt: skip
