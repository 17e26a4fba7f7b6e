"""Programmes: objectives, measures, targets."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("programmes")
class Programme(Record):
    """A programme, strategy or road-map."""


@keeps("objectives")
class Objective(Record):
    """A goal, objective or direction of a programme."""


@keeps("measures")
class Measure(Record):
    """A measure of a road-map."""


@keeps("targets")
class Target(Record):
    """An output, result or impact that a programme wants to see."""
