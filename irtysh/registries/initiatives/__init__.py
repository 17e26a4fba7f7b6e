"""Initiatives, from idea to decision."""
