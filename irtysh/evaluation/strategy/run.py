"""The evaluation: all steps in order over frozen inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from irtysh.evaluation.strategy.barriers import barriers
from irtysh.evaluation.strategy.criteria import criteria
from irtysh.evaluation.strategy.data_gate import data_gate
from irtysh.evaluation.strategy.effectiveness import effectiveness
from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.indicators_and_targets import indicators_and_targets
from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.measure_lights import measure_lights
from irtysh.evaluation.strategy.ordering import order_lines
from irtysh.evaluation.strategy.outcome import Outcome, Step
from irtysh.evaluation.strategy.profile import profile
from irtysh.evaluation.strategy.residents import residents
from irtysh.evaluation.strategy.risks import risks
from irtysh.evaluation.strategy.together import together
from irtysh.evaluation.strategy.triggers import triggers
from irtysh.vocabulary.observation import Observation

ENGINE = "strategy-1"
"""Version of the arithmetic; changes whenever the same inputs would give another outcome."""


def _profile(ground: Ground) -> Step:
    """E5 with the order of years, which rests on the same figures."""
    return profile(ground, order_lines(ground))


_STEPS: tuple[Callable[[Ground], Step], ...] = (
    data_gate,
    measure_lights,
    indicators_and_targets,
    effectiveness,
    together,
    _profile,
    barriers,
    residents,
    risks,
    criteria,
    triggers,
)


def evaluate(inputs: Inputs, observations: Iterable[Observation]) -> Outcome:
    """Return the evaluation of a strategy.

    Pure: no clock, no chance but the seed of the thresholds; the order of the inputs never
    matters. A step knows the steps before it.

    Parameters
    ----------
    inputs : Inputs
    observations : figures of the release that ``inputs.release`` names, in any order

    Raises
    ------
    ParameterMissing
        If the frozen thresholds lack one.
    """
    ground = Ground(inputs, tuple(sorted(observations, key=lambda one: one.id)))
    for step in _STEPS:
        found = step(ground)
        ground.done[found.id] = found
    return Outcome(
        engine=inputs.engine,
        inputs_digest=inputs.digest,
        day=inputs.day,
        release=inputs.release,
        steps=tuple(ground.done.values()),
    )
