"""The answer for an address that the interface does not have: which of those it has is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from django.http import HttpRequest, HttpResponse

from irtysh.api.asked_for import for_machines
from irtysh.api.endpoints import Endpoint
from irtysh.api.openapi import ALL
from irtysh.vocabulary.errors import UnknownCode

_BELOW = "/api/"
_FIRST = "datasets/, releases.json, openapi.json"
"""Where to begin, for one who asks for what is like nothing here."""
_LONGEST = 120


@for_machines
def no_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer with 404 and the forms that there are, or else the addresses most like this one."""
    asked = rest[:_LONGEST]
    for endpoint in _below():
        if form := _other_form(endpoint, asked):
            choices = ", ".join(endpoint.own["form"].choices)
            raise UnknownCode(code=form, codelist="form", near=choices)
    meant = list(dict.fromkeys(_meant(asked)))
    same = [one for one in meant if one.lower() == asked.lower()]
    like = same or get_close_matches(asked, meant, n=3)
    raise UnknownCode(code=asked, codelist=_BELOW, near=", ".join(like) or _FIRST)


def _below() -> Iterator[Endpoint]:
    return (one for one in ALL if one.path.startswith(_BELOW))


def _other_form(endpoint: Endpoint, asked: str) -> str:
    """Return the form asked for where all but the form is an address of ours, else nothing."""
    form = endpoint.own.get("form")
    if form is None:
        return ""
    forms = "|".join(map(re.escape, form.choices))
    route = endpoint.route().replace(f"(?P<form>{forms})", "(?P<form>[^/]+)")
    found = re.match(route, _BELOW.removeprefix("/") + asked)
    return found["form"] if found else ""


def _meant(asked: str) -> Iterator[str]:
    """Yield the addresses that could be meant, their blanks filled from the one asked for."""
    parts = asked.split("/")
    for endpoint in _below():
        form = endpoint.own.get("form")
        for choice in form.choices if form else ("",):
            path = endpoint.path.removeprefix(_BELOW).replace("{form}", choice)
            yield "/".join(
                _filled(endpoint, part, parts[place] if place < len(parts) else "")
                for place, part in enumerate(path.split("/"))
            )


def _filled(endpoint: Endpoint, part: str, asked: str) -> str:
    """Return a part of a path with its blank filled: by what was asked if it fits, however cased.

    What does not fit is an example.
    """
    stem = asked.partition(".")[0]
    for blank in endpoint.blanks():
        fitting = (
            one
            for one in (stem, stem.upper(), stem.lower())
            if blank.pattern and re.fullmatch(blank.pattern, one)
        )
        part = part.replace(f"{{{blank.name}}}", next(fitting, blank.example))
    return part
