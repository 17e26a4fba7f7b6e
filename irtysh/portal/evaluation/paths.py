"""Addresses of evaluations: the same words in every language."""

from __future__ import annotations


def evaluation_path(number: int, language: str) -> str:
    """Return the lasting address of an evaluation, below the host."""
    return f"/{language}/evaluation/{number}/"


def compare_path(first: int, second: int, language: str) -> str:
    """Return where two evaluations are compared."""
    return f"/{language}/evaluation/compare/?a={first}&b={second}"
