"""`irtysh daily`: what the day asks for, once a day, from whatever starts commands on time."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from irtysh.console.portal import migrations_wait, start_django
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import IrtyshError

_log = logging.getLogger("irtysh.daily")


class DatabaseBehind(IrtyshError):
    """The database is older than the program."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the day's work.

    Attributes
    ----------
    name : str
        "daily-NAME" says in the catalogue what it does.
    run : callable
        Takes the day, does the work, returns name → how often; "daily-count-NAME" says of what.
        Run again the same day it does nothing.
    """

    name: str
    run: Callable[[date], dict[str, int]]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a step.

    Attributes
    ----------
    counts : dict
        Empty if it failed.
    error : Exception or None
        Why it failed.
    """

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    error: Exception | None = None


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("daily")
    parser = commands.add_parser("daily", help=words, description=words, parents=[common])
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Take every step and say what was done; a step that fails does not stop the others."""
    start_django()
    if migrations_wait():
        raise DatabaseBehind()
    from django.utils import timezone

    today = timezone.localdate()
    found = take(steps(), today)
    failed = [one for one in found if one.error is not None]
    data = {
        "day": today.isoformat(),
        "steps": [
            {
                "step": one.name,
                "counts": one.counts,
                "error": _said(one.error, shell) if one.error is not None else "",
            }
            for one in found
        ],
        "failed": len(failed),
    }
    lines = [line for one in found for line in _lines(one, shell)]
    if failed:
        names = ", ".join(one.name for one in failed)
        lines.append(shell.words("daily-failed", count=str(len(failed)), steps=names))
    shell.answer(data, lines)
    return FAULTS if failed else OK


def take(wanted: Iterable[Step], today: date) -> list[Done]:
    """Take the steps one after another, whatever becomes of each."""
    found = []
    for step in wanted:
        try:
            found.append(Done(step.name, step.run(today)))
        except Exception as error:  # noqa: BLE001 (the other steps are owed all the same)
            _log.exception("daily: %s failed", step.name)
            found.append(Done(step.name, error=error))
    return found


def steps() -> list[Step]:
    """Return everything that is due each day; Django must have been started.

    First what readers see, then what is written to people, then what is deleted.
    """
    from irtysh.accounts.letters import forget_old_letters
    from irtysh.accounts.sign_in import forget_old_signins
    from irtysh.registries.acts.actions import renew_standings
    from irtysh.registries.claims import actions as claims
    from irtysh.registries.claims.proposal_actions import forget_old_texts
    from irtysh.registries.evaluations import actions as evaluations
    from irtysh.registries.following.digests import send_digests
    from irtysh.registries.imports import actions as imports
    from irtysh.registries.obstacles import actions as obstacles
    from irtysh.registries.offers import relay as offers
    from irtysh.registries.programmes.reminders import send_reminders
    from irtysh.registries.records.bulk_actions import forget_old_uploads

    return [
        Step("scheduled", lambda _day: _publish_scheduled()),
        Step("acts", lambda _day: {"acts_relisted": renew_standings()}),
        Step("questions", obstacles.daily),
        Step("offers", offers.daily),
        Step("reports", lambda day: _named("reports", send_reminders(today=day))),
        Step("claims", claims.daily),
        Step("evaluation", evaluations.daily),
        Step("digests", lambda day: {"digests_sent": send_digests(day)}),
        Step("signins", lambda _day: _named("signins", forget_old_signins())),
        Step("letters", lambda _day: {"letters_forgotten": forget_old_letters()}),
        Step("uploads", lambda _day: {"uploads_forgotten": forget_old_uploads()}),
        Step("imports", imports.sweep),
        Step("texts", lambda _day: {"texts_forgotten": forget_old_texts()}),
        Step("sessions", lambda _day: {"sessions_ended": _end_sessions()}),
    ]


def _named(step: str, counts: dict[str, int]) -> dict[str, int]:
    return {f"{step}_{name}": count for name, count in counts.items()}


def _publish_scheduled() -> dict[str, int]:
    """Publish what editors set a time for, and take down what they set an end to."""
    from django.apps import apps
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import DraftStateMixin, Page, Revision

    now = timezone.now()
    models = [Page] + [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    ended = sum(model.objects.filter(live=True, expire_at__lt=now).count() for model in models)
    begun = Revision.objects.filter(approved_go_live_at__lt=now).count()
    call_command("publish_scheduled", verbosity=0)
    return {"scheduled_published": begun, "scheduled_ended": ended}


def _end_sessions() -> int:
    """Delete the sessions that have run out, which Django keeps; return how many."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    deleted, _kinds = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return deleted


def _lines(done: Done, shell: Shell) -> Iterable[str]:
    what = shell.words(f"daily-{done.name}")
    if done.error is not None:
        yield f"{shell.words('state-fail')}  {what}: {_said(done.error, shell)}"
        return
    counts = ", ".join(
        f"{shell.words(f'daily-count-{name}')} {count}" for name, count in done.counts.items()
    )
    yield f"{shell.words('state-ok')}  {what}: {counts}"


def _said(error: Exception, shell: Shell) -> str:
    if isinstance(error, IrtyshError):
        return shell.explained(error)
    return f"{type(error).__name__}: {error}"
