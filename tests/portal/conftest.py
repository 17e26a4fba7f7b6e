"""A reader of the portal with the real release."""

from __future__ import annotations

import pytest
from django.test import Client

from irtysh.store import Release


@pytest.fixture
def reader(portal: Release) -> Client:
    """Somebody who asks for pages and is not known to the portal."""
    return Client()
