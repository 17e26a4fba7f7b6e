"""Pages of the evaluation: the newest, each kept one, its steps, what changed, tasks of review."""
