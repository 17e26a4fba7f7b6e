"""How dates and numbers are written; Django has no Kazakh at all, and its English is American."""
