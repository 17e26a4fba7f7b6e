"""The forms in which a report can be had."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Contents
from irtysh.reports.render_docx import render_docx
from irtysh.reports.render_html import render_html
from irtysh.reports.render_pdf import render_pdf
from irtysh.reports.render_xlsx import render_xlsx
from irtysh.vocabulary.errors import IrtyshError

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FormUnknown(IrtyshError):
    """A report was asked for in a form that there is not."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what makes it, and how it names itself to browsers."""

    render: Callable[[Contents, Edition], bytes]
    media: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMS: Mapping[str, Form] = {
    "pdf": Form(render_pdf, "application/pdf"),
    "docx": Form(render_docx, f"{_OFFICE}wordprocessingml.document"),
    "xlsx": Form(render_xlsx, f"{_OFFICE}spreadsheetml.sheet"),
    "html": Form(render_html, "text/html; charset=utf-8"),
}


def render(contents: Contents, edition: Edition, form: str) -> bytes:
    """Return a report in a form; raises FormUnknown."""
    return form_of(form).render(_printable(contents), edition)


def _printable(contents: Contents) -> Contents:
    """Return the contents without the characters that XML refuses: records hold what was pasted."""
    return Contents.from_json(_without(contents.to_json()))


def _without(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_XML.sub(" ", value)
    if isinstance(value, dict):
        return {name: _without(one) for name, one in value.items()}
    return [_without(one) for one in value] if isinstance(value, list) else value


def form_of(form: str) -> Form:
    """Return a form by its ending; raises FormUnknown."""
    if form not in FORMS:
        raise FormUnknown(form=form, near=", ".join(FORMS))
    return FORMS[form]


def file_name(contents: Contents, form: str, number: int | None = None) -> str:
    """Return the name under which a report is saved; letters that every system takes."""
    parts = ["irtysh-report", str(number or ""), contents.day, contents.language]
    return "-".join(part for part in parts if part) + f".{form}"
