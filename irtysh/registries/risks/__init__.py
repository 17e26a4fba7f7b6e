"""Risks of programmes, with owners and days."""
