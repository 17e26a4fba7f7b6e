"""Claims: sentences of documents, checked against the figures."""
