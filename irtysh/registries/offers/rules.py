"""What may follow what in the life of an offer, how long it lasts, and what fits what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError, UnknownCode

LONGEST = 180
"""Days for which an offer may be published at most."""
USUAL = 90
"""Days for which it is published where nobody says otherwise."""
RENEWALS = 2
"""How often its owner may renew it before a moderator looks at it again."""
REPLY_TARGET = 10
"""Days after which an enquiry without an answer is flagged."""
KEEP_ENQUIRER = 90
"""Days for which the address and words of an answered enquiry are kept."""
KEEP_UNANSWERED = 180
"""The same for one that nobody answered."""
KEEP_OWNER = 90
"""Days after its end for which the private contact of an offer is kept."""

DRAFT, MODERATION, PUBLISHED = "draft", "moderation", "published"
EXPIRED, WITHDRAWN, REJECTED = "expired", "withdrawn", "rejected"

STEPS: Mapping[str, Mapping[str, str]] = {
    "submit": dict.fromkeys((DRAFT, REJECTED, EXPIRED, WITHDRAWN), MODERATION),
    "publish": {MODERATION: PUBLISHED},
    "reject": {MODERATION: REJECTED},
    "renew": dict.fromkeys((PUBLISHED, EXPIRED), PUBLISHED),
    "expire": {PUBLISHED: EXPIRED},
    "withdraw": dict.fromkeys((DRAFT, MODERATION, PUBLISHED, EXPIRED), WITHDRAWN),
}
"""Step → state before → state after. What is not here is not allowed."""

OTHER_KIND = {"offer": "request", "request": "offer"}


class OfferStepOutOfTurn(IrtyshError):
    """A step was asked for that the present state of an offer does not allow."""


class TermTooLong(IrtyshError):
    """An offer was to be published for longer than offers are, or into the past."""


class RenewedTooOften(IrtyshError):
    """An offer was renewed so often that a moderator has to look at it again."""


class HsCodeUnknown(IrtyshError):
    """A code of goods is not made of 2 to 10 digits, or its chapter does not exist."""


class ReasonMissing(IrtyshError):
    """Something was refused without a reason."""


class NotOfTheOrganisation(IrtyshError):
    """Somebody wanted to speak for an organisation that has not been confirmed to be theirs."""


class AlreadyAnswered(IrtyshError):
    """An enquiry was answered before, or its words are deleted."""


class OfferNotCurrent(IrtyshError):
    """Somebody wrote to an offer that is not published any more."""


def next_state(state: str, step: str) -> str:
    """Return the state of an offer after a step; raises OfferStepOutOfTurn."""
    if state not in STEPS[step]:
        known = codelist("offer_statuses")
        raise OfferStepOutOfTurn(state=known[state].name if state in known else state)
    return STEPS[step][state]


def is_one_step(before: str, after: str) -> bool:
    """Return True if one step, or none, leads from a state of an offer to another."""
    return before == after or any(moves.get(before) == after for moves in STEPS.values())


def steps_from(state: str) -> tuple[str, ...]:
    """Return the steps that a state allows."""
    return tuple(step for step, moves in STEPS.items() if state in moves)


def last_day(today: date, until: date | None = None) -> date:
    """Return the last day of an offer published today; raises TermTooLong."""
    until = until or today + timedelta(days=USUAL)
    if not today <= until <= today + timedelta(days=LONGEST):
        raise TermTooLong(days=LONGEST)
    return until


def is_short_enough(published_on: str, expires_on: str) -> bool:
    """Return False for a term longer than offers last; days not known to the day are let pass."""
    full = len("2024-05-31")
    if len(published_on) != full or len(expires_on) != full:
        return True
    term = date.fromisoformat(expires_on) - date.fromisoformat(published_on)
    return term.days <= LONGEST


def is_current(status: str, expires_on: str, today: date) -> bool:
    """Return True while an offer is published and its last day is not over."""
    return status == PUBLISHED and expires_on >= today.isoformat()


def state_on(status: str, expires_on: str, today: date) -> str:
    """Return the state on a day: what is past its last day has expired, whatever was stored."""
    if status == PUBLISHED and not is_current(status, expires_on, today):
        return EXPIRED
    return status


def check_renewals(renewals: int) -> None:
    """Raise RenewedTooOften once an owner has renewed as often as is allowed."""
    if renewals >= RENEWALS:
        raise RenewedTooOften(times=RENEWALS)


def check_hs(code: str) -> str:
    """Return a code of goods as digits only; raises HsCodeUnknown.

    Blanks and points, as tariffs print them, are taken out: "8432 10", "8432.10".
    """
    digits = code.replace(" ", "").replace(".", "").replace("\u00a0", "")
    is_code = digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 10
    if not is_code or digits[:2] not in codelist("hs_chapters"):
        raise HsCodeUnknown(code=code)
    return digits


@dataclass(frozen=True, slots=True)
class Wanted:
    """What matching asks of an offer or request.

    Attributes
    ----------
    key : str
        Its id.
    kind, side, organisation : str
        "offer" or "request"; the side of the border; the organisation's id.
    hs, activities, territories, languages : tuple of str
        Codes.
    is_current : bool
    """

    key: str
    kind: str
    side: str
    organisation: str
    hs: tuple[str, ...]
    activities: tuple[str, ...]
    territories: tuple[str, ...]
    languages: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two have in common: a kind, and what it is.

    ``hs``: the common beginning of two codes of goods. ``activity``: a division or section.
    ``territory``: the narrower of two territories. ``language``: a working language.
    """

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why an offer and a request should meet. ``order`` sorts matches and means nothing else."""

    reasons: tuple[Reason, ...]
    order: tuple[int, int, int, int]


def match(one: Wanted, other: Wanted) -> Match | None:
    """Return why two fit; None where they do not.

    An offer fits a request of the other side if goods or activities meet. Territories and
    languages make a match better, and never make one.
    """
    if OTHER_KIND.get(one.kind) != other.kind or not one.side or not other.side:
        return None
    if one.side == other.side or one.key == other.key or not (one.is_current and other.is_current):
        return None
    if one.organisation and one.organisation == other.organisation:
        return None
    goods = _common(one.hs, other.hs, common_hs)
    activities = _common(one.activities, other.activities, common_activity)
    if not goods and not activities:
        return None
    places = _common(one.territories, other.territories, common_territory)
    languages = tuple(sorted(set(one.languages) & set(other.languages)))
    reasons = (
        *(Reason("hs", what) for what in goods),
        *(Reason("activity", what) for what in activities),
        *(Reason("territory", what) for what in places),
        *(Reason("language", what) for what in languages),
    )
    longest = max(map(len, goods), default=0)
    return Match(reasons, (longest, len(activities), len(places), len(languages)))


def best(one: Wanted, others: Iterable[Wanted], most: int = 5) -> list[tuple[Wanted, Match]]:
    """Return what fits, the closest first; equals in the order of their ids."""
    found = [(other, fit) for other in others if (fit := match(one, other)) is not None]
    found.sort(key=lambda pair: (tuple(-part for part in pair[1].order), pair[0].key))
    return found[:most]


def _common(ones: Sequence[str], others: Sequence[str], meet) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    """Return what two lists have in common, without what another of it already says."""
    found = {what for one in ones for other in others if (what := meet(one, other))}
    # "84" says nothing beside "8432".
    narrow = {
        what
        for what in found
        if not any(what != other and other.startswith(what) for other in found)
    }
    return tuple(sorted(narrow))


def common_hs(one: str, other: str) -> str:
    """Return the common beginning of two codes of goods, at least a chapter; "" if none.

    Only whole levels count: chapter (2), heading (4), subheading (6), national ones (8, 10).
    """
    length = 0
    for level in (2, 4, 6, 8, 10):
        if len(one) >= level and len(other) >= level and one[:level] == other[:level]:
            length = level
    return one[:length]


def common_activity(one: str, other: str) -> str:
    """Return the division two activities share, or the section where one names only that."""
    if one == other:
        return one
    if _section(one) == other:
        return other
    return one if _section(other) == one else ""


def _section(activity: str) -> str:
    try:
        return codelist("activities")[activity].parent
    except UnknownCode:
        return ""


def common_territory(one: str, other: str) -> str:
    """Return the narrower of two territories of which one lies in the other; "" if apart."""
    if one == other or one.startswith(f"{other}-"):
        return one
    return other if other.startswith(f"{one}-") else ""


@dataclass(frozen=True, slots=True)
class Answering:
    """How somebody answers enquiries.

    Attributes
    ----------
    asked, answered : int
        All enquiries, and those with an answer.
    days : int or None
        Median days to an answer, rounded up; None without an answer.
    late : int
        Enquiries that have waited longer than the target.
    """

    asked: int
    answered: int
    days: int | None
    late: int


def answering(enquiries: Iterable[tuple[date, date | None]], today: date) -> Answering:
    """Return how enquiries, each with its day and the day of its answer, were answered."""
    known = list(enquiries)
    waits = [(answered - asked).days for asked, answered in known if answered is not None]
    late = [
        asked
        for asked, answered in known
        if answered is None and (today - asked).days > REPLY_TARGET
    ]
    days = -int(-median(waits) // 1) if waits else None
    return Answering(len(known), len(waits), days, len(late))
