"""The composite and its robustness: published answers, refusals, repeatability."""

from __future__ import annotations

import json
from decimal import Decimal
from math import log, pi

import numpy as np
import pytest

from irtysh.evaluation.strategy import composite, sobol
from irtysh.evaluation.strategy.composite import GoalpostsEqual, WindowNormalisation
from irtysh.evaluation.strategy.robustness import generator, weights, within
from irtysh.evaluation.strategy.words import likelihood
from irtysh.vocabulary.wording import explain
from tests.evaluation.strategy.made import outcome, result, thresholds


def test_human_development_of_china_in_2010() -> None:
    # Technical note of the Human Development Report 2010: .847, .589, .584, .663.
    z = composite.normalised(
        [73.5, 7.5, 11.4, log(7263)], [20, 0, 0, log(163)], [83.2, 13.2, 20.6, log(108211)],
        [False] * 4,
    )  # fmt: skip
    assert z[0] == pytest.approx(0.847, abs=5e-4)
    # The note rounds on the way (.568, .553), hence a thousandth.
    education = composite.geometric(z[1:3], composite.equal(2)) / 0.951
    assert education == pytest.approx(0.589, abs=1e-3)
    assert z[3] == pytest.approx(0.584, abs=5e-4)
    index = composite.geometric([z[0], education, z[3]], composite.equal(3))
    assert index == pytest.approx(0.663, abs=5e-4)


def test_less_is_better_and_the_scale_has_ends() -> None:
    z = composite.normalised([0.1, 0.2, 0.5], 0.1, 0.3, True)
    assert z == pytest.approx([1.0, 0.5, 0.0])
    assert composite.arithmetic([1.0, 0.0], [0.25, 0.75]) == pytest.approx(0.25)
    assert composite.geometric([1.0, 0.0], [0.5, 0.5]) == pytest.approx(0.1)


@pytest.mark.parametrize("settings", [
    {"normalisation": "minmax", "components": []},
    {"normalisation": "goalposts", "components": [{"indicator": "x", "low": 0}]},
])  # fmt: skip
def test_a_moving_window_is_refused(settings) -> None:
    with pytest.raises(WindowNormalisation) as refused:
        composite.check(settings)
    assert explain(refused.value, "kk")
    with pytest.raises(WindowNormalisation):
        outcome(thresholds=thresholds(composite={**settings, "normalisation": "window"}))


def test_goalposts_that_are_one_are_refused() -> None:
    one = {"indicator": "x", "low": 1, "high": 1}
    with pytest.raises(GoalpostsEqual):
        composite.check({"normalisation": "goalposts", "components": [one]})


def test_sobol_indices_of_ishigami() -> None:
    # Analytic for a = 7, b = 0.1 (Saltelli et al. 2008): S .3139 .4424 0, ST .5576 .4424 .2437.
    def ishigami(rows):
        x, y, z = rows.T
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = sobol.indices(ishigami, ["x", "y", "z"], bounds=[(-pi, pi)] * 3, base=4096, seed=1)
    assert [one.first for one in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert [one.total for one in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)


def test_a_model_that_does_not_vary_hangs_on_nothing() -> None:
    found = sobol.indices(lambda rows: rows[:, 0] * 0, ["a", "b"], base=16, seed=1)
    assert [(one.first, one.total) for one in found] == [(0, 0), (0, 0)]


def test_random_numbers_depend_on_the_seed_and_the_name_only() -> None:
    one, same, other = (generator(7, name).random(3) for name in ("a", "a", "b"))
    assert (one == same).all() and (one != other).any()
    drawn = weights(generator(7, "w"), [1, 2, 3], 0.2, 100)
    assert np.allclose(drawn.sum(axis=1), 1)
    assert (within(generator(7, "d"), 2, 3, 100) >= 2).all()


@pytest.mark.parametrize(
    ("p", "word"),
    [("1", "virtually_certain"), ("0.96", "extremely_likely"), ("0.9", "very_likely"),
     ("0.7", "likely"), ("0.5", "as_likely_as_not"), ("0.32", "unlikely"),
     ("0.06", "very_unlikely"), ("0.02", "extremely_unlikely"),
     ("0.001", "exceptionally_unlikely")],
)  # fmt: skip
def test_words_of_likelihood(p: str, word: str) -> None:
    assert likelihood(Decimal(p)) == word


def _two_components(**own):
    components = [
        {"growth_of": "turnover", "low": -20, "high": 20, "direction": "up", "weight": 1},
        {"indicator": "concentration-hhi", "low": 0.05, "high": 0.4, "direction": "down",
         "weight": 1},
    ]  # fmt: skip
    rows = [result(2020, "100.0"), result(2021, "101.0"), result(2022, "130.0")]
    rows += [
        result(year, value, "concentration-hhi", unit="INDEX", unit_mult=0, **own)
        for year, value in ((2020, "0.200"), (2021, "0.300"), (2022, "0.100"))
    ]
    settings = {"normalisation": "goalposts", "components": components}
    return outcome(results=rows, thresholds=thresholds(composite=settings))


def test_the_order_is_printed_as_a_probability_never_as_a_score() -> None:
    lines = _two_components().lines
    better = lines["E5.order.2022-2021"]
    assert better.status == "robust_order"
    assert better.figures["p"]["point"] == "1"
    assert better.params["likely"]["phrase"] == "likelihood.virtually_certain"
    assert not any("score" in name for name in better.figures)
    totals = [float(lines["E5.order.hangs_on"].figures[f"{name}_total"]["point"])
              for name in ("weights", "goalposts", "aggregation", "base_year", "data")]  # fmt: skip
    assert max(totals) > 0


def test_thin_coverage_leaves_the_order_open() -> None:
    one = _two_components(coverage="0.5").lines["E5.order.2022-2021"]
    assert (one.status, one.sentence) == ("cannot_be_judged", "order.thin")


def test_too_few_years_give_no_order() -> None:
    assert json.dumps(outcome().lines["E5.order"].to_json())
    assert outcome().lines["E5.order"].status == "no_data"
