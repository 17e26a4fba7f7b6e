"""What `make check` runs: one module a question, each printing what is wrong and where."""
