"""What is done with imports: taken in, answered, read, stopped, published, thrown away."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings as portal
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.publication.import_job import UPLOAD, Job, recognised_of, source_of
from irtysh.registries.imports import processes, rules
from irtysh.registries.imports.models import (
    AT_WORK,
    DAYS_KEPT,
    OVER,
    Import,
    RememberedMapping,
    State,
    uploads,
)
from irtysh.registries.imports.watching import look
from irtysh.registries.records.listing import alone
from irtysh.registries.records.shelf import releases, vintages
from irtysh.sources.intake.layout import Recognised
from irtysh.sources.intake.limits import LIMITS, within
from irtysh.sources.layouts import layout_of
from irtysh.vocabulary.errors import IrtyshError, ReleaseNotFound

SETTLE_SECONDS = 1.5
"""How long a page waits for a short reading, so that most are never seen half done."""


class RefusedFile(IrtyshError):
    """A file was refused when it was opened; ``code`` and words are those of the reason."""

    def __init__(self, code: str, params: Mapping[str, Any]) -> None:
        self._code = code
        super().__init__(**params)

    @property
    def code(self) -> str:
        """The key of the reason's message."""
        return getattr(self, "_code", "RefusedFile")


def upload(
    *, name: str, chunks: Iterable[bytes], by: User, publisher: str = "", opening: Any = None
) -> Import:
    """Take a file in, open it in a bounded process, recognise it.

    ``opening`` may state encoding, delimiter and header_line. Raises NotAllowed, TooLarge and
    RefusedFile; then nothing is kept.
    """
    require(by, "import", "imports", by.side)
    one = Import(file=Path(name).name[:200], by=by, side=by.side, publisher=publisher, size=0)
    one.folder.path.mkdir(parents=True)
    try:
        one.digest, one.size = _keep(chunks, one.folder.path / UPLOAD)
        found = _opened(one, opening or {})
        _propose(one, found)
        with transaction.atomic():
            one.save()
            log(instance=one, action="irtysh.data_uploaded", user=by, data={"sha256": one.digest})
    except BaseException:
        shutil.rmtree(one.folder.path, ignore_errors=True)
        raise
    return one


def reopen(*, one: Import, opening: Mapping[str, Any], by: User) -> Import:
    """Open a file again with an encoding, delimiter or line of the heading that a person states.

    Raises NotAllowed, ImportElsewhere, RefusedFile; then it stays as it was opened before.
    """
    require(by, "import", "imports", one.side)
    _in_state(one, State.TO_ANSWER, State.OPENED, State.STOPPED, State.CHECKED, State.FAILED)
    before = one.folder.read("job")
    try:
        found = _opened(one, opening)
    except IrtyshError:
        one.folder.write("job", before)
        raise
    _propose(one, found)
    one.sheet, one.fault = {}, {}
    one.save()
    return one


@transaction.atomic
def answer(
    *, one: Import, layout: str, settings: Mapping[str, str], dataset: str, by: User
) -> Import:
    """Write down how a file is to be read, and under which dataset.

    Raises NotAllowed, ImportElsewhere, UnknownCode for a layout, DatasetIdWrong, DatasetIdTaken,
    QuestionsOpen.
    """
    one = _locked(one)
    require(by, "import", "imports", one.side)
    _in_state(one, State.TO_ANSWER, State.OPENED, State.STOPPED, State.CHECKED, State.FAILED)
    layout_of(layout)
    rules.refuse_id(dataset, datasets_of_case())
    kept = {name: str(value).strip() for name, value in settings.items() if str(value).strip()}
    gaps = rules.open_questions(recognised(one, layout), kept)
    if gaps:
        raise rules.QuestionsOpen(settings=", ".join(gaps))
    is_other = (one.layout, one.settings, one.dataset) != (layout, kept, dataset)
    one.layout, one.settings, one.dataset = layout, kept, dataset
    one.publisher = one.publisher or layout_of(layout).publisher
    if is_other:
        one.sheet = {}
        shutil.rmtree(one.folder.staging, ignore_errors=True)
    one.state, one.fault = State.OPENED, {}
    one.save()
    log(instance=one, action="irtysh.data_answered", user=by, data={"layout": layout})
    return one


def start(*, one: Import, by: User) -> Import:
    """Begin to read a file anew. Raises NotAllowed, ImportElsewhere, DatasetBusy, ImportAtWork."""
    return _read(one, by, anew=True)


def resume(*, one: Import, by: User) -> Import:
    """Go on with a reading that was stopped: what lies in whole parts is not staged again."""
    return _read(one, by, anew=False)


@transaction.atomic
def cancel(*, one: Import, by: User) -> Import:
    """Ask the reading to stop; it does after a few thousand rows."""
    require(by, "import", "imports", one.side)
    _in_state(one, State.READING)
    one.folder.cancelled.touch()
    log(instance=one, action="irtysh.data_cancelled", user=by)
    return one


@transaction.atomic
def publish(*, one: Import, about: Mapping[str, Any], by: User) -> Import:
    """Publish what was checked as the dataset's current vintage.

    Raises NotAllowed, ImportElsewhere, AboutIncomplete, RefusedFile with what forbids it,
    DatasetBusy.
    """
    one = _locked(one)
    require(by, "publish", "imports", one.side)
    _in_state(one, State.CHECKED)
    rules.refuse_id(one.dataset, datasets_of_case())
    gaps = rules.about_gaps(about)
    if gaps:
        raise rules.AboutIncomplete(fields=", ".join(gaps))
    sheet = one.checked
    if sheet is None or not sheet.staged:
        raise RefusedFile("NothingRead", {"name": one.file})
    if sheet.repeated:
        first = sheet.repeats[0]["params"]
        raise RefusedFile("KeysRepeat", {"dataset": one.dataset, "count": sheet.repeated, **first})
    _refuse_busy(one)
    one.about = {**about, "snapshot": {"file": one.file, "sha256": one.digest}}
    one.state, one.fault = State.PUBLISHING, {}
    one.save()
    one.folder.forget("published")
    _write_job(one)
    log(instance=one, action="irtysh.data_publishing", user=by, data={"dataset": one.dataset})
    processes.start("publish", one.folder)
    return one


@transaction.atomic
def throw_away(*, one: Import, by: User) -> Import:
    """Delete a file with everything read from it; what was published stays.

    Raises NotAllowed, ImportElsewhere while it is being read or published.
    """
    one = _locked(one)
    require(by, "import", "imports", one.side)
    require(by, "delete", "imports", one.side)
    if one.state in (*AT_WORK, *OVER):
        raise rules.ImportElsewhere(state=str(State(one.state).label))
    one.state = State.THROWN_AWAY
    one.sheet = {}
    one.save()
    log(instance=one, action="irtysh.data_thrown_away", user=by)
    shutil.rmtree(one.folder.path, ignore_errors=True)
    return one


def sweep(_today: date) -> dict[str, int]:
    """Look after what no page has looked at, and delete what nobody has dealt with for long."""
    for one in Import.objects.filter(state__in=AT_WORK):
        look(one)
    before = timezone.now() - timedelta(days=DAYS_KEPT)
    swept = 0
    for one in Import.objects.filter(changed_at__lt=before).exclude(state__in=AT_WORK):
        if one.state not in OVER:
            Import.objects.filter(pk=one.pk).update(state=State.THROWN_AWAY, sheet={})
        if one.folder.path.exists():
            shutil.rmtree(one.folder.path, ignore_errors=True)
            swept += 1
    known = {str(key) for key in Import.objects.values_list("key", flat=True)}
    place = uploads()
    for path in place.iterdir() if place.exists() else ():
        is_old = path.stat().st_mtime < (timezone.now() - timedelta(days=1)).timestamp()
        if path.name not in known and is_old:  # an upload that never came to its end
            shutil.rmtree(path, ignore_errors=True)
            swept += 1
    return {"imports_swept": swept}


def recognised(one: Import, layout: str = "") -> Recognised | None:
    """Return how a file was recognised as a layout; the one chosen where none is named."""
    for data in one.head.get("recognised") or ():
        if data["layout"] == (layout or one.layout):
            return recognised_of(data)
    return None


def remembered(one: Import) -> RememberedMapping | None:
    """Return how the last file with this heading was read, of the publisher if one is named."""
    found = RememberedMapping.objects.filter(shape=one.shape)
    if one.publisher:
        return found.filter(publisher=one.publisher).first() or found.first()
    return found.first()


def datasets_of_case() -> list[str]:
    """Return the ids that the case has; none before its first release."""
    try:
        return [str(row["id"]) for row in releases().current().document("datasets")]
    except ReleaseNotFound:
        return []


def about_now(dataset: str) -> Mapping[str, Any]:
    """Return what is said of a dataset that is published already; empty for a new one."""
    try:
        return vintages().current(dataset).about
    except ReleaseNotFound:
        return {}


def settle(one: Import, seconds: float = SETTLE_SECONDS) -> Import:
    """Give a short step the time to end, and look."""
    processes.wait(one.folder, seconds)
    return look(one)


def _keep(chunks: Iterable[bytes], target: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            within("file_bytes", size, LIMITS.file_bytes)
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest(), size


def _opened(one: Import, opening: Mapping[str, Any]) -> dict[str, Any]:
    job = Job(
        one.file, str(opening.get("encoding") or ""), str(opening.get("delimiter") or ""),
        int(opening.get("header_line") or 0), releases=str(portal.IRTYSH_RELEASES),
    )  # fmt: skip
    folder = one.folder
    folder.write("job", asdict(job))
    in_time = processes.run("open", folder)
    error = folder.read("error")
    if error:
        raise RefusedFile(error["code"], error["params"])
    data = folder.read("head")
    if not in_time:
        raise RefusedFile("FileTooSlow", {"seconds": processes.OPENING_SECONDS})
    if data is None:  # the process was killed: it had asked for more memory than it may have
        raise RefusedFile("ReadingFailed", {"reason": processes.last_words(folder)})
    one.__dict__.pop("head", None)
    return dict(data)


def _propose(one: Import, head: Mapping[str, Any]) -> None:
    """Fill in what the file itself and its predecessors say; the person confirms it."""
    one.shape, one.expected = head["shape"], head["expected"]
    known = remembered(one)
    found = {row["layout"]: row for row in head["recognised"]}
    first = next(iter(found.values()), None)
    if known is not None and known.layout in found:
        first = found[known.layout]
        one.settings = {**first["settings"], **known.settings}
        one.publisher = one.publisher or known.publisher
        one.dataset, one.about = known.dataset, dict(known.about)
    elif first is not None:
        one.settings = dict(first["settings"])
    one.layout = first["layout"] if first else ""
    one.state = State.TO_ANSWER


def _read(one: Import, by: User, *, anew: bool) -> Import:
    with transaction.atomic():
        one = _locked(one)
        require(by, "import", "imports", one.side)
        allowed = (State.OPENED, State.STOPPED, State.CHECKED, State.FAILED) if anew else (
            State.STOPPED,
        )  # fmt: skip
        _in_state(one, *allowed)
        _refuse_busy(one)
        if anew:
            shutil.rmtree(one.folder.staging, ignore_errors=True)
            one.rows = 0
        one.folder.cancelled.unlink(missing_ok=True)
        one.folder.forget("sheet", "progress", "error")
        one.sheet, one.fault, one.state = {}, {}, State.READING
        one.save()
        _write_job(one)
        verb = "irtysh.data_reading" if anew else "irtysh.data_resumed"
        log(instance=one, action=verb, user=by, data={"dataset": one.dataset})
        # Before the commit: nobody may see the state without a process behind it.
        processes.start("read", one.folder)
    return one


def _write_job(one: Import) -> None:
    held = one.folder.read("job") or {}
    job = Job(
        one.file, held.get("encoding", ""), held.get("delimiter", ""), held.get("header_line", 0),
        one.layout, one.settings, one.dataset, one.about,
        str(portal.IRTYSH_DATASETS), str(portal.IRTYSH_RELEASES), source_of(one.dataset),
    )  # fmt: skip
    one.folder.write("job", asdict(job))


def _refuse_busy(one: Import) -> None:
    """Raise DatasetBusy while another import of the dataset is at work."""
    alone(f"import {one.dataset}"[:80])
    others = Import.objects.filter(dataset=one.dataset, state__in=AT_WORK).exclude(pk=one.pk)
    for other in others:
        if look(other).is_at_work:
            raise rules.DatasetBusy(dataset=one.dataset, file=other.file)


def _locked(one: Import) -> Import:
    return Import.objects.select_for_update().get(pk=one.pk)


def _in_state(one: Import, *allowed: str) -> None:
    if one.state not in allowed:
        raise rules.ImportElsewhere(state=str(State(one.state).label))
