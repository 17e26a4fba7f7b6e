"""What the pages of programmes, objectives, measures and targets have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import Measure, Programme, Target
from irtysh.registries.programmes.wording import (
    SIGNS,
    day_in_words,
    light_words,
    state_name,
    term_in_words,
)
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.models import Record, title_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.numbers import Qualifier, format_number


def measures_of(programme: Programme) -> list[Measure]:
    """Return the published measures of a programme with all that their lights ask."""
    known = Measure.objects.filter(programme=programme, live=True).select_related("objective")
    known = known.prefetch_related("reports", "bodies__organisation", "depends_on__measure")
    return sorted(known, key=lambda one: (one.order or 0, one.code))


def measure_line(measure: Measure, reading: Reading, today: date) -> dict[str, Any]:
    """Return a measure as a tree or a list shows it."""
    light = measure.light(today)
    joint = measure.jointness(today)
    return {
        "code": measure.code,
        "path": record_path("measures", measure.code, reading.language),
        "title": measure.title_in(reading.language),
        "term": term_in_words(measure.start, measure.end),
        "bodies": bodies(measure.bodies.all(), reading),
        "light": light_words(light, reading.language),
        "joint": joint_words(joint, reading.language),
    }


def joint_words(joint: rules.Jointness, language: str) -> dict[str, Any]:
    """Return from how many sides reports came, in words."""
    names = [code_name("sides", one, language) for one in joint.sides]
    said = {
        0: _("no side has reported for this period"),
        1: _("only one side has reported for this period: %(side)s")
        % {"side": names[0] if names else ""},
        2: _("both sides have reported for this period"),
    }[joint.received]
    return {"received": joint.received, "is_one_sided": joint.is_one_sided, "words": said}


def bodies(rows: Iterable[Any], reading: Reading) -> list[dict[str, Any]]:
    """Return bodies with their side and their card, if they have one."""
    found = []
    for row in rows:
        organisation = row.organisation
        name = row.text_or_other("name", reading.language)[0]
        if organisation is not None:
            name = organisation.title_in(reading.language)
        side = row.side or (organisation.side if organisation else "")
        path = ""
        if organisation is not None and organisation.live:
            path = record_path("organisations", organisation.code, reading.language)
        role = code_name("body_roles", getattr(row, "role", ""), reading.language)
        found.append({"name": name, "path": path, "side": side, "role": role})
    return sorted(found, key=lambda one: one["side"] or "~")


def target_line(target: Target, reading: Reading) -> dict[str, Any]:
    """Return a target: baseline, milestones, aim, latest fact; what nobody named is said so."""
    unit = _unit(target.unit, reading.language)
    facts = list(target.facts.all())
    last = max(facts, key=lambda row: row.period, default=None)
    qualifier = words.qualifier_words(Qualifier(target.qualifier)) if target.qualifier else ""
    return {
        "code": target.code,
        "path": record_path("targets", target.code, reading.language),
        "title": target.title_in(reading.language),
        "level": code_name("target_levels", target.level, reading.language),
        "unit": unit,
        "direction": code_name("target_directions", target.direction, reading.language),
        "arrow": {"up": "↑", "down": "↓", "hold": "→"}.get(target.direction, ""),
        "baseline": value_words(target.baseline, reading.language),
        "baseline_period": target.baseline_period,
        "milestones": [
            {"period": row.period, "value": value_words(row.value, reading.language)}
            for row in target.milestones.all()
        ],
        "target": value_words(target.target, reading.language),
        "target_period": target.target_period,
        "qualifier": qualifier,
        "fact": value_words(last.value, reading.language) if last else "",
        "fact_period": last.period if last else "",
        "set_by": target.text_or_other("set_by", reading.language)[0],
        "set_on": words.day_words(target.set_on),
        "indicator": target.indicator,
    }


def _unit(unit: str, language: str) -> str:
    if not unit:
        return ""
    symbol = codelist("target_units")[unit].extra.get(f"symbol_{language}", "")
    return symbol or code_name("target_units", unit, language)


def value_words(value: Decimal | None, language: str) -> str:
    """Write a stated number; empty where there is none."""
    if value is None:
        return ""
    plain = value.normalize()
    plain = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return format_number(plain, language)


def leads_to(record: Record, reading: Reading) -> list[dict[str, str]]:
    """Return the arrows of the theory of change that start here, with assumption and risk."""
    found = []
    for row in record.leads_to.all():
        register, _slash, code = row.to.partition("/")
        found.append(
            {
                "path": record_path(register, code, reading.language),
                "title": title_of(register, code, reading.language),
                "assumption": row.text_or_other("assumption", reading.language)[0],
                "risk": row.text_or_other("risk", reading.language)[0],
            }
        )
    return found


def tally(lights: Iterable[str], language: str) -> list[dict[str, Any]]:
    """Return how many measures stand how; grey is counted like any other."""
    states = list(lights)
    return [
        {
            "state": state,
            "sign": SIGNS[state],
            "name": state_name(state, language),
            "count": states.count(state),
        }
        for state in rules.STATES
        if state in states
    ]


def validity(programme: Programme, today: date) -> Mapping[str, str]:
    """Return whether a programme runs today, by its dates, whatever anybody calls it."""
    first, last = rules.first_day(programme.valid_from), rules.last_day(programme.valid_to)
    to = day_in_words(programme.valid_to)
    if last and today > last:
        return {"mood": "absent", "words": _("Ended"), "why": _("Its term ended: %(day)s.")
                % {"day": to}}  # fmt: skip
    if first and today < first:
        return {"mood": "absent", "words": _("Not begun"), "why": _("Its term begins: %(day)s.")
                % {"day": day_in_words(programme.valid_from)}}  # fmt: skip
    if first and last:
        soon = rules.ends_soon(programme.valid_to, today)
        why = _("Its term ends in less than six months: %(day)s.") if soon else _(
            "Its term ends: %(day)s.")  # fmt: skip
        return {"mood": "good", "words": _("Running"), "why": why % {"day": to}}
    return {
        "mood": "absent",
        "words": _("Not known"),
        "why": _("No source at hand names its whole term, so nobody can say that it is running."),
    }


def own_programme(record: Any, reading: Reading) -> dict[str, Any]:
    """Return the programme that a record belongs to, and whether it runs."""
    if record.programme is None:
        return {}
    return {
        "title": record.programme.title_in(reading.language),
        "path": record_path("programmes", record.programme.code, reading.language),
        "validity": validity(record.programme, timezone.localdate()),
    }
