"""Drafts of the report on the strategy: chapters, paragraphs, approval."""
