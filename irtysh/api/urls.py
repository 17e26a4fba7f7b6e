"""Addresses for machines: the same in every language, ``latest`` or a release by name."""

from __future__ import annotations

from django.urls import re_path

from irtysh.api.no_address import no_address
from irtysh.api.openapi import ALL

app_name = "api"

_BELOW = "^api/"

urlpatterns = [
    *(
        re_path("^" + one.route().removeprefix(_BELOW), one.view, name=one.name)
        for one in ALL
        if one.path.startswith("/api/")
    ),
    re_path(r"^(?P<rest>.*)$", no_address),
]
at_the_root = [
    re_path(one.route(), one.view, name=one.name) for one in ALL if not one.path.startswith("/api/")
]
"""Those that stand beside /api/: the catalogue where harvesters look for it."""
