"""What the body of a text page is made of."""

from __future__ import annotations

import re

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from markdown import markdown
from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul", "hr", "code"]
_TABLE = re.compile(r"\A\s*\|.*\n\s*\|[-:| ]+\|", re.MULTILINE)

_UNSAFE_LINK = re.compile(r'\b(href|src)="(?!https?:|mailto:|[/#]|[^":]*")[^"]*"')
"""A link that runs a script: of another kind than the web, mail, or a place on this site."""


class TableBlock(blocks.TextBlock):
    """A table typed as lines of cells between bars; the second line is made of hyphens."""

    class Meta:
        icon = "table"
        label = _("Table")
        help_text = _("One row a line, cells between bars: | Year | Value |")
        template = "portal/blocks/table.html"

    def get_context(self, value: str, parent_context: dict | None = None) -> dict:
        """Add the table as HTML: whatever an editor typed as a tag is shown as text."""
        context = super().get_context(value, parent_context)
        quoted = value.replace("&", "&amp;").replace("<", "&lt;")
        table = _UNSAFE_LINK.sub(r'\1="#"', markdown(quoted, extensions=["tables"]))
        context["table"] = mark_safe(table)  # noqa: S308 (tags quoted, links of safe kinds only)
        return context


BODY = [
    ("text", blocks.RichTextBlock(features=FEATURES, label=_("Text"))),
    ("table", TableBlock()),
]


def blocks_from_markdown(text: str) -> list[dict[str, str]]:
    """Return Markdown as the raw blocks of a body: runs of text, and tables between them."""
    found: list[dict[str, str]] = []
    run: list[str] = []

    def close() -> None:
        if run:
            html = markdown("\n\n".join(run), extensions=["sane_lists"])
            found.append({"type": "text", "value": html})
            run.clear()

    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if _TABLE.match(paragraph + "\n"):
            close()
            found.append({"type": "table", "value": paragraph.strip()})
        elif paragraph.strip():
            run.append(paragraph)
    close()
    return found
