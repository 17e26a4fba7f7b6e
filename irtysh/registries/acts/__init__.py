"""Legal acts, and how the law of both sides compares."""
