"""Factors, terms, publications."""
