"""Declarations into flows: one set of expressions that DuckDB and a Spark cluster both run."""
