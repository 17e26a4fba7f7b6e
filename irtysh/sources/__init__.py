"""Readers: one module a publisher or a form; everything becomes observations."""
