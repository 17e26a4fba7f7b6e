"""The strategy evaluated: steps E0 to E10 over frozen inputs (docs/methodology/evaluation.md).

``evaluate(inputs, observations)`` is pure. It ends in an ``Outcome`` of steps and lines; ``said``
puts a line or a step into words; ``compare`` tells what changed between two evaluations and why.
"""
