"""Judgements over stored figures and documents: pure functions, no Django, no clock."""
