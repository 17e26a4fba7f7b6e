"""Organisations, once each."""
