"""Frozen words: periods, numbers and their intervals, observations, code lists, texts, errors."""
