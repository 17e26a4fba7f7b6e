"""Presenters: a page's shape as plain dictionaries. Whole pages are asked for by views."""
