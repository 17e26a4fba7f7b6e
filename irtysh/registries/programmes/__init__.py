"""Programmes: objectives, measures, targets."""
