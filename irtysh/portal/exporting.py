"""Texts as editors left them, in the form of the files of a case."""

from __future__ import annotations

from collections.abc import Mapping

from markdownify import ATX, markdownify
from wagtail.rich_text import expand_db_html

from irtysh.portal.models import HomePage, TextPage

HOME = "home"


def pages_with_edits(
    loaded: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """Return slug → language → Markdown of every published text page.

    Parameters
    ----------
    loaded : slug → language → Markdown
        The case's own texts; a page that nobody changed since keeps its file to the letter.
    """
    pages = {slug: dict(texts) for slug, texts in loaded.items()}
    for page in TextPage.objects.live().select_related("locale"):
        if page.is_edited or page.slug not in loaded:
            pages.setdefault(page.slug, {})[page.locale.language_code] = text_as_markdown(page)
    for home in HomePage.objects.live().select_related("locale"):
        if home.is_edited:
            pages.setdefault(HOME, {})[home.locale.language_code] = _joined(home.title, home.lead)
    return pages


def text_as_markdown(page: TextPage) -> str:
    """Return a text page: title, lead, then its blocks."""
    blocks = [
        block.value if block.block_type == "table" else _markdown(block.value.source)
        for block in page.body
    ]
    return _joined(page.title, page.lead, *blocks)


def _markdown(html: str) -> str:
    return str(markdownify(expand_db_html(html), heading_style=ATX, bullets="*")).strip()


def _joined(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", *(part.strip() for part in parts if part.strip())]) + "\n"
