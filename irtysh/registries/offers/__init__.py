"""Offers and requests of organisations."""
