"""One module a rule; each yields findings from a book and knows nothing of the others."""
