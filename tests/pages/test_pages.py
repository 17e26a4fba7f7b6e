"""What holds for every page of the real release in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import polib
import pytest
from django.db import connection
from django.test import Client

from irtysh.config.security import PUBLIC, written
from irtysh.publication import case_of
from irtysh.publication.inventory import lines
from irtysh.store import Release
from irtysh.vocabulary.places import ROOT
from tests.pages.addresses import LANGUAGES
from tests.pages.conftest import Answer

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһ]")
# What an English text may say in other letters: a quotation, the name of a sheet with its cell,
# the number of an act, a book with its author and year, the name of a language in itself.
_AS_PRINTED = re.compile(
    r"“[^”]*”|[\w\s-]+![A-Z]+\d+|№ [\d.]+-?\w+|No\. [\d.]+-?\w+"
    r"|^[\w .]+ \(\d{4}\)\.|^Русский$|^Қазақша$"
)


# Texts that are the case's and its editors' own words, not the program's.
_PROSE = {f"/kk/{slug}/" for slug in ("about", "method", "accessibility")}


def _none(problems: Iterator[str] | list[str]) -> None:
    found = list(problems)
    assert not found, f"{len(found)} in all\n" + "\n".join(found[:30])


def test_every_address_answers(pages: list[Answer]) -> None:
    assert len(pages) > (100 if connection.vendor == "postgresql" else 1000)
    for language in LANGUAGES:
        assert sum(page.language == language for page in pages) > len(pages) / 4
    _none(f"{page.path}: {page.status}" for page in pages if page.status != 200)


def test_every_page_says_its_language_and_where_the_others_are(pages: list[Answer]) -> None:
    def wrong() -> Iterator[str]:
        for page in pages:
            rest = page.path[4:]
            others = {code: f"http://testserver/{code}/{rest}" for code in LANGUAGES}
            document = page.document
            if document.language != page.language or page.headers["Content-Language"] != (
                page.language
            ):
                yield f"{page.path}: lang {document.language}"
            if document.alternates != others:
                yield f"{page.path}: alternates {document.alternates}"
            if document.canonical != f"http://testserver{page.path}":
                yield f"{page.path}: canonical {document.canonical}"

    _none(wrong())


def test_titles_are_in_the_language_and_tell_pages_apart(pages: list[Answer]) -> None:
    titles: dict[tuple[str, str], list[str]] = {}

    def wrong() -> Iterator[str]:
        for page in pages:
            title = page.document.title
            titles.setdefault((page.language, title), []).append(page.path)
            words = _AS_PRINTED.sub("", title)
            if bool(_CYRILLIC.search(words)) == (page.language == "en"):
                yield f"{page.path}: {title}"

    _none(wrong())
    plain = [page for page in pages if re.fullmatch(r"/\w\w/([a-z]+/)*", page.path)]
    for language in LANGUAGES:
        own = Counter(page.document.title for page in plain if page.language == language)
        assert [title for title, times in own.items() if times > 1] == []


def test_headings_begin_with_one_and_skip_none(pages: list[Answer]) -> None:
    def wrong() -> Iterator[str]:
        for page in pages:
            levels = [int(name[1]) for name in page.document.headings]
            if levels.count(1) != 1 or any(
                after > before + 1 for before, after in pairwise(levels)
            ):
                yield f"{page.path}: {levels}"

    _none(wrong())


_BADGE = re.compile(r"/(?:ru|kk|en)/claims/[^/?]+/badge\.svg")
"""A picture of the portal's own: the verdict on a claim, to be shown elsewhere."""


@cache
def _messages(language: str) -> dict[str, str]:
    catalogue = polib.pofile(
        str(ROOT / f"irtysh/portal/locale/{language}/LC_MESSAGES/django.po"), encoding="utf-8"
    )
    return {entry.msgid: entry.msgstr for entry in catalogue if entry.msgstr}


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_no_text_of_the_program_is_left_untranslated(pages: list[Answer], language: str) -> None:
    own = _messages(language)
    # Where Kazakh lacks a text Django falls back on the default language, Russian.
    foreign = {text for text, said in own.items() if said != text}
    if language == "kk":
        foreign |= {said for text, said in _messages("ru").items() if said != own.get(text)}

    _none(
        f"{page.path}: {text}"
        for page in pages
        if page.language == language and page.path not in _PROSE
        for spoken, text in page.document.words
        if spoken == language and text in foreign and text not in own.values()
    )


def test_words_are_in_the_letters_of_the_language(pages: list[Answer]) -> None:
    def wrong() -> Iterator[str]:
        for page in pages:
            for language, text in page.document.words:
                words = _AS_PRINTED.sub("", text)
                if language == "en" and _CYRILLIC.search(words):
                    yield f"{page.path}: {text}"
                if language == "ru" and _KAZAKH.search(re.sub(r"«[^»]*»", "", words)):
                    yield f"{page.path}: {text}"
                if re.search(r"\{'\w\w':", text):
                    yield f"{page.path}: not words but data: {text}"

    _none(wrong())


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(pages: list[Answer]) -> None:
    policy = written(PUBLIC)

    def wrong() -> Iterator[str]:
        for page in pages:
            if page.headers["Content-Security-Policy"] != policy:
                yield f"{page.path}: {page.headers['Content-Security-Policy']}"
            for what in page.document.inline:
                yield f"{page.path}: {what}"
            for address in page.document.loaded:
                if not address.startswith("/static/") and not _BADGE.fullmatch(address):
                    yield f"{page.path}: loads {address}"

    assert "unsafe" not in policy
    _none(wrong())


def _below_language(address: str) -> str:
    return re.sub(r"^/(ru|kk|en)/", "/", address)


def test_ids_are_unique_and_every_link_of_the_portal_leads_somewhere(pages: list[Answer]) -> None:
    """A link is followed once, in the language in which it is first met: one view answers all."""
    documents = {_below_language(page.path): page.document for page in pages}
    client = Client()
    statuses: dict[str, int] = {}

    def wrong() -> Iterator[str]:
        for page in pages:
            for identifier, times in page.document.ids.items():
                if times > 1:
                    yield f"{page.path}: id {identifier} {times} times"
            for link in dict.fromkeys(page.document.links):
                address, _, anchor = link.partition("#")
                path, _, query = address.partition("?")
                target = path or page.path
                if link.startswith("http"):
                    continue
                known = documents.get(_below_language(target))
                if known is not None and not query:
                    if anchor and anchor not in known.ids:
                        yield f"{page.path}: {link} has no such anchor"
                elif not anchor or address:
                    if address.startswith("?"):
                        address = page.path + address
                    one = _below_language(address)
                    if one not in statuses:
                        answer = client.get(address, follow=True)
                        statuses[one] = answer.status_code
                        if answer.streaming:  # a file is closed by whoever reads it to its end
                            list(answer.streaming_content)
                    if statuses[one] != 200:
                        yield f"{page.path}: {link} answers {statuses[one]}"

    _none(wrong())
    assert len(statuses) > 100


def test_a_page_that_the_reader_has_is_not_sent_again(pages: list[Answer]) -> None:
    client = Client()

    def wrong() -> Iterator[str]:
        for page in shared[::10]:
            again = client.get(page.path, headers={"If-None-Match": page.headers["ETag"]})
            if again.status_code != 304 or again.content:
                yield f"{page.path}: {again.status_code}"
            other = client.get(page.path, headers={"If-None-Match": '"another"'})
            if other.status_code != 200:
                yield f"{page.path}: {other.status_code} for another tag"

    shared = [page for page in pages if "ETag" in page.headers]
    own = [page for page in pages if "ETag" not in page.headers]
    assert [page.path for page in own if "no-store" not in page.headers["Cache-Control"]] == []
    assert len(own) < len(pages) / 100
    tags = {page.path: page.headers["ETag"] for page in shared}
    assert len({tag.split(".")[1] for tag in tags.values()}) == len(LANGUAGES)
    _none(wrong())


def test_every_row_of_the_inventory_is_where_it_is_said_to_be(
    pages: list[Answer], release: Release
) -> None:
    """Rows that wait may have addresses too: what is promised anywhere must be there."""
    documents = {_below_language(page.path): page for page in pages}
    client = Client()
    missing = []
    seen = 0
    for row in lines(case_of(release)):
        for address in row.addresses:
            path, _, anchor = address.partition("#")
            page = documents.get(f"/{path}")
            seen += 1
            # A form or the map is a page of the portal that the sitemap does not list.
            unlisted = page is None and not anchor
            if unlisted and client.get(f"/kk/{path}").status_code == 200:
                continue
            if page is None or page.status != 200:
                missing.append(f"row {row.row['number']}: {path} does not answer")
            elif anchor and anchor not in page.document.ids:
                missing.append(f"row {row.row['number']}: {address} has no anchor")
    assert seen > 192
    assert not missing, f"{len(missing)} in all\n" + "\n".join(missing[:40])
