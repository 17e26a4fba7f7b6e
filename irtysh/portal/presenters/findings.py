"""What does not add up, in plain words, with its arithmetic and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from irtysh.evaluation.consistency.finding import SEVERITIES, Severity
from irtysh.portal.presenters import figures, words
from irtysh.portal.reading import Reading


def severity_words(severity: Severity) -> tuple[str, str, str]:
    """Return the name of a severity, its plural heading, and what it means."""
    return {
        Severity.CONTRADICTION: (
            _("Contradiction"),
            _("Contradictions"),
            _("The figures cannot all be true, whatever the rounding."),
        ),
        Severity.DEFECT: (
            _("Defect"),
            _("Defects"),
            _(
                "A unit, period, base or whole is wrong or missing: "
                "the figure cannot be used as it is printed."
            ),
        ),
        Severity.DOUBT: (
            _("Doubt"),
            _("Doubts"),
            _("Possible, but the figures do not support it, or it is probably a slip."),
        ),
        Severity.NOTE: (
            _("Note"),
            _("Notes to know"),
            _("One must know it to read the figures rightly."),
        ),
    }[severity]


def found(reading: Reading) -> list[dict[str, Any]]:
    """Return the findings of the release, worst first."""
    order = [severity.value for severity in SEVERITIES]
    return sorted(reading.document("findings"), key=lambda one: order.index(one["severity"]))


def card(reading: Reading, finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return a finding as a card, in the words that the release holds."""
    said = finding["said"][reading.language]
    return {
        "id": finding["id"],
        "title": said["title"],
        "text": said["text"],
        "arithmetic": said["arithmetic"],
        "severity": finding["severity"],
        "severity_name": severity_words(Severity(finding["severity"]))[0],
        "evidence_count": sum(len(ids) for ids in finding["evidence"].values()),
    }


def findings_page(reading: Reading) -> dict[str, Any]:
    """Return all findings by severity, counted."""
    cards = [card(reading, finding) for finding in found(reading)]
    groups = []
    for severity in SEVERITIES:
        _name, plural, meaning = severity_words(severity)
        own = [one for one in cards if one["severity"] == severity.value]
        if own:
            groups.append({"id": severity.value, "title": plural, "meaning": meaning, "cards": own})
    return {"groups": groups, "total": len(cards)}


def finding_page(reading: Reading, finding_id: str) -> dict[str, Any] | None:
    """Return one finding with the figures, statements and acts it rests on; None if unknown."""
    finding = next((one for one in found(reading) if one["id"] == finding_id), None)
    if finding is None:
        return None
    evidence = finding["evidence"]
    ids = evidence["observations"]
    stored = reading.release.observations(id=ids) if ids else []
    by_id = {one.id: one for one in stored}
    statements = {item["id"]: item for item in reading.document("statements")}
    acts = {item["id"]: item for item in reading.document("acts")}
    return {
        "finding": card(reading, finding),
        "meaning": severity_words(Severity(finding["severity"]))[2],
        "figures": [figures.figure(reading, by_id[one]) for one in ids if one in by_id],
        "statements": [
            {
                "text": reading.text(statements[one].get("text")),
                "source": words.source_line(
                    reading, statements[one].get("source", ""), statements[one].get("locator", "")
                ),
            }
            for one in evidence["statements"]
            if one in statements
        ],
        "acts": [
            {"id": one, "title": reading.text(acts[one]["title"])}
            for one in evidence["acts"]
            if one in acts
        ],
    }


def about_figure(reading: Reading, observation_id: str) -> list[dict[str, Any]]:
    """Return the findings that rest on a figure."""
    return [
        card(reading, finding)
        for finding in found(reading)
        if observation_id in finding["evidence"]["observations"]
    ]
