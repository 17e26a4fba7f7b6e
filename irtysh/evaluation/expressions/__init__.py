"""The expression language: what a figure or a claim is measured by, in one line.

``parse`` reads, ``evaluate`` answers over a ``World``; see docs/methodology/expressions.md.
"""

from irtysh.evaluation.expressions.evaluator import evaluate
from irtysh.evaluation.expressions.evidence import Evidence, Missing
from irtysh.evaluation.expressions.faults import DimensionFault, ExpressionFault
from irtysh.evaluation.expressions.parser import parse
from irtysh.evaluation.expressions.reference import describe
from irtysh.evaluation.expressions.tree import Expression
from irtysh.evaluation.expressions.world import World

__all__ = [
    "DimensionFault",
    "Evidence",
    "Expression",
    "ExpressionFault",
    "Missing",
    "World",
    "describe",
    "evaluate",
    "parse",
]
