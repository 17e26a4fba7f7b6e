"""Evaluations of the strategy, signed sheets, tasks to revise."""
