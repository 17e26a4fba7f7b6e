"""What writes pages: loading the texts of a case without touching what editors wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from irtysh.accounts.models import User
from irtysh.portal.blocks import blocks_from_markdown
from irtysh.portal.models import HomePage, LoadedPage, TextPage
from irtysh.sources.case import Case

_HOME_SLUG = "home"


@transaction.atomic
def load_case_pages(case: Case, by: User | None = None) -> dict[str, int]:
    """Create or renew the trees of pages in every language; return how many of each outcome.

    A page whose text differs from the one last loaded belongs to its editors and is left alone,
    as is a page with an unpublished draft. ``{"created": …, "renewed": …, "kept": …}``.
    """
    counts = {"created": 0, "renewed": 0, "kept": 0}
    homes: dict[str, HomePage] = {}
    for language in _languages():
        home = _home(language, homes, case, by, counts)
        homes[language] = home
    _point_site_at(homes[settings.LANGUAGE_CODE])
    _remove_stock_page()
    for slug, texts in case.pages.items():
        if slug != _HOME_SLUG:
            _load_text_page(slug, texts, homes, by, counts)
    return counts


def _languages() -> list[str]:
    """Return the portal's languages, the default first: translations hang on its pages."""
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE)


def _home(
    language: str,
    homes: Mapping[str, HomePage],
    case: Case,
    by: User | None,
    counts: dict[str, int],
) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=language)
    title, lead, _body = _parts(case.pages.get(_HOME_SLUG, {}).get(language, ""))
    content = {
        "title": title or case.title.get(language, case.id),
        "lead": lead,
    }
    home = HomePage.objects.filter(locale=locale).first()
    if home is not None:
        _renew(home, content, by, counts)
        return home
    root = Page.get_first_root_node()
    assert root is not None
    _free_slug(root, language)
    home = HomePage(locale=locale, slug=language, **content)
    if homes:
        home.translation_key = next(iter(homes.values())).translation_key
    _create(root, home, content, by, counts)
    return home


def _free_slug(root: Page, slug: str) -> None:
    """Move a page that is not ours out of the way of a home page's name."""
    for page in root.get_children().filter(slug=slug):
        page.slug = f"{slug}-{page.pk}"
        page.save(clean=False)


def _load_text_page(
    slug: str,
    texts: Mapping[str, str],
    homes: Mapping[str, HomePage],
    by: User | None,
    counts: dict[str, int],
) -> None:
    key = None
    for language, home in homes.items():
        if language not in texts:
            continue
        title, lead, body = _parts(texts[language])
        content = {"title": title, "lead": lead, "body": blocks_from_markdown(body)}
        page = TextPage.objects.child_of(home).filter(slug=slug).first()
        if page is None:
            page = TextPage(
                locale=home.locale, slug=slug, title=title, lead=lead,
                body=json.dumps(content["body"]),
            )  # fmt: skip
            if key is not None:
                page.translation_key = key
            _create(home, page, content, by, counts)
        else:
            _renew(page, content, by, counts)
        key = page.translation_key


def _create(
    parent: Page,
    page: LoadedPage,
    content: Mapping[str, Any],
    by: User | None,
    counts: dict[str, int],
) -> None:
    parent.add_child(instance=page)
    page.loaded_digest = page.content_digest()
    page.save_revision(user=by, log_action=True).publish(user=by)
    counts["created"] += 1


def _renew(
    page: LoadedPage, content: Mapping[str, Any], by: User | None, counts: dict[str, int]
) -> None:
    """Write the new text unless an editor has written since the last load."""
    if page.has_unpublished_changes or page.is_edited:
        counts["kept"] += 1
        return
    before = page.loaded_digest
    for name, value in content.items():
        setattr(page, name, json.dumps(value) if name == "body" else value)
    page.draft_title = page.title
    page.loaded_digest = page.content_digest()
    if page.loaded_digest == before:
        return
    page.save_revision(user=by, log_action=True).publish(user=by)
    counts["renewed"] += 1


def _parts(markdown_text: str) -> tuple[str, str, str]:
    """Split a text page into its title (first line), its lead (second paragraph) and the rest."""
    paragraphs = markdown_text.strip().split("\n\n", 2)
    title = paragraphs[0].removeprefix("#").strip()
    lead = " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""
    return title, lead, paragraphs[2] if len(paragraphs) > 2 else ""


def _point_site_at(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True, hostname="localhost", port=80
    )
    site.root_page = home
    site.site_name = site.site_name or "Irtysh"
    site.save()


def _remove_stock_page() -> None:
    """Take away the welcome page that Wagtail's own migration makes, if nobody has used it."""
    for page in Page.objects.filter(depth=2, slug="home"):
        if page.specific_class is Page and page.is_leaf() and not page.sites_rooted_here.exists():
            page.delete()
