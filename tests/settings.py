"""Settings of the test run: those of the portal in the profile "test"."""

from __future__ import annotations

import os

os.environ["IRTYSH_PROFILE"] = "test"

from irtysh.config.settings import *  # noqa: F403
