"""Claims: quantitative statements of documents, judged by the figures.

``judge_release`` is the door for all others; see docs/methodology/claims.md.
"""

from irtysh.evaluation.claims.claim import Binding, Claim
from irtysh.evaluation.claims.judge import judge, judge_all, judge_release
from irtysh.evaluation.claims.judgement import ENGINE, Judgement, Margin, Reading
from irtysh.evaluation.claims.verdicts import Verdict

__all__ = [
    "ENGINE",
    "Binding",
    "Claim",
    "Judgement",
    "Margin",
    "Reading",
    "Verdict",
    "judge",
    "judge_all",
    "judge_release",
]
