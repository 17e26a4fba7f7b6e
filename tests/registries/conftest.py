"""What tests of every register use."""

from __future__ import annotations

import pytest
from django.core import mail


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Run something as if it were committed; give back the letters it sent."""

    def run(do):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return mail.outbox[before:]

    return run
