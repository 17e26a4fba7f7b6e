"""What waits for a person of the office: a queue each kind of work, for the start page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from irtysh.accounts.permissions import NONE, scopes_of
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.models import Listing, Record, register_title, registers
from irtysh.registries.records.policy import may_with, object_of, office_address

SHOWN = 5
"""Rows of a queue on the start page; the rest is behind its link."""

_IN = {"ru": "Русский", "kk": "Қазақша", "en": "English"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits.

    Attributes
    ----------
    title, address : str
        What it is, and where the person deals with it.
    note : str
        What matters about it: since when, until when, whose.
    """

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """Work of one kind that this person may do.

    Whoever makes it has asked the matrix: a queue holds nothing the person may not deal with.

    Attributes
    ----------
    name : str
        Its id: "overdue".
    title : str
        In the language of the screen.
    rows : list of Row
        The most pressing first; need not be all of them.
    count : int
        How many wait.
    address : str
        Where all of them are listed; empty where there is no such list.
    is_late : bool
        True where a promised day has passed.
    """

    name: str
    title: str
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    address: str = ""
    is_late: bool = False


def queue(
    name: str, title: str, rows: Iterable[Row], *, address: str = "", is_late: bool = False
) -> Queue:
    """Return a queue of rows that are all at hand."""
    rows = list(rows)
    return Queue(name, title, rows[:SHOWN], len(rows), address, is_late)


def record_row(user: Any, record: Record, note: str = "") -> Row:
    """Return a record as a row of a queue."""
    return Row(record.title_in(), office_address(user, record), note)


def list_address(register: str, query: str = "") -> str:
    """Return the address of a register's list in the back office, narrowed by a query string."""
    name = registers()[register].snippet_viewset.get_url_name("list")
    return reverse(name) + (f"?{query}" if query else "")


def may_somewhere(user: Any, action: str, register: str) -> bool:
    """Return True if a person may do an action with some record of a register."""
    return scopes_of(user, object_of(register))[action] != NONE


def queues(user: Any) -> Iterator[Queue]:
    """Yield what waits in every register alike: reviews, missing translations."""
    if any(may_somewhere(user, "publish", register) for register in registers()):
        yield _in_review(user)
    mine = [one for one in registers() if may_somewhere(user, "translate", one)]
    if mine:
        yield _untranslated(mine)


def _in_review(user: Any) -> Queue:
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("revision__user")
        .prefetch_related("revision__content_object")
        .order_by("started_at")
    )
    finder = AdminURLFinder(user)
    rows = []
    for state in states:
        held = state.revision.content_object
        if held is None or (isinstance(held, Record) and not may_with(user, "publish", held)):
            continue
        address = finder.get_edit_url(held) or ""
        if isinstance(held, Record):  # whose form a reviewer may read without changing it
            address = reverse(held.snippet_viewset.get_url_name("edit"), args=(held.pk,))
        writer = state.revision.user.get_full_name() if state.revision.user else ""
        rows.append(
            Row(
                str(state.revision.as_object()),
                address,
                " · ".join(part for part in (_kind_of(held), writer) if part),
            )
        )
    return queue("in_review", _("Drafts in review"), rows)


def _kind_of(held: Any) -> str:
    return str(held._meta.verbose_name) if isinstance(held, Record) else _("page")


def _untranslated(mine: list[str]) -> Queue:
    waiting: Counter[tuple[str, str]] = Counter()
    total = 0
    found = (
        Listing.objects.filter(register__in=mine)
        .exclude(untranslated="")
        .order_by()
        .values_list("register", "untranslated")
        .annotate(number=Count("pk"))
    )
    for register, languages, number in found:
        total += number
        for language in languages.split(","):
            waiting[register, language] += number
    rows = [
        Row(
            f"{register_title(register)} – {_IN[language]}",
            list_address(register, f"untranslated={language}"),
            str(number),
        )
        for (register, language), number in waiting.most_common()
    ]
    own = [row for row in rows if row.title.endswith(_IN[language_now()])]
    rest = [row for row in rows if row not in own]
    return Queue("untranslated", _("Without a translation"), (own + rest)[:SHOWN], total)
