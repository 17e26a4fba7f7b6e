"""The explorer: every dataset, any cut of it, as a page that is one address."""
