"""What templates need beyond Django's own tags: addresses that stay in language and release."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from irtysh.portal.sections import navigation
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.numbers import format_number

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: Mapping[str, Any], name: str, *args: Any) -> str:
    """Return the address of a page of the portal, in the reader's release."""
    try:
        path = reverse(f"portal:{name}", args=args)
    except NoReverseMatch:
        return ""
    reading = context.get("reading")
    if reading is not None and reading.is_past:
        path += "?" + urlencode({"release": reading.release.id})
    return path


@register.simple_tag
def page_address(slug: str = "") -> str:
    """Return the address of an editors' page in the reader's language."""
    return f"/{_language()}/{slug}/" if slug else f"/{_language()}/"


@register.simple_tag(takes_context=True)
def tongues(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the languages with the address of this very page in each."""
    request = context.get("request")
    path = request.path if request is not None else "/"
    query = request.META.get("QUERY_STRING", "") if request is not None else ""
    rest = path.split("/", 2)[2] if path.count("/") > 1 else ""
    return [
        {
            "code": code,
            "name": name,
            "is_current": code == _language(),
            "path": f"/{code}/{rest}" + (f"?{query}" if query else ""),
            "absolute": _absolute(request, f"/{code}/{rest}"),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def here(context: Mapping[str, Any]) -> str:
    """Return the whole address of this page, without its query."""
    request = context.get("request")
    return _absolute(request, request.path) if request is not None else ""


@register.simple_tag(takes_context=True)
def absolute(context: Mapping[str, Any], path: str) -> str:
    """Return the whole address of a path."""
    return _absolute(context.get("request"), path)


@register.simple_tag(takes_context=True)
def main_navigation(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sections with their pages, those we are in marked, in the reader's release."""
    request = context.get("request")
    sections = navigation(request.path if request is not None else "")
    reading = context.get("reading")
    if reading is not None and reading.is_past:
        asked = "?" + urlencode({"release": reading.release.id})
        for entry in (*sections, *(one for section in sections for one in section["entries"])):
            entry["path"] += asked
    return sections


@register.filter
def side_name(side: str) -> str:
    """Return the name of a side of the border."""
    return code_name("sides", side, _language())


@register.filter
def whole(value: int | None) -> str:
    """Write a whole number in the reader's manner."""
    return "" if value is None else format_number(Decimal(value), _language())


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def _absolute(request: Any, path: str) -> str:
    return request.build_absolute_uri(path) if request is not None else path
