"""What a test reads off a page: its head, ids, links, and words with the language they are in."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SPOKEN = ("alt", "aria-label", "placeholder", "title")


class Document(HTMLParser):
    """A page of HTML taken apart.

    Attributes
    ----------
    language : str
        Of the root element.
    title : str
    ids : Counter
        How often each id occurs.
    links : list of str
        Addresses of ``a`` elements, as written.
    alternates : dict
        hreflang → address.
    canonical : str
    inline : list of str
        What a strict policy forbids: scripts and styles inside the page.
    loaded : list of str
        Addresses the page loads by itself.
    words : list of (language, text)
        Texts and the attributes that are read aloud, each with the nearest ``lang``.
    headings : list of str
        Names of heading elements in their order.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = self.title = self.canonical = ""
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.alternates: dict[str, str] = {}
        self.inline: list[str] = []
        self.loaded: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """All texts, one below another."""
        return "\n".join(text for _language, text in self.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        language = found.get("lang") or (self._open[-1][1] if self._open else "")
        self.words += [
            (language, found[name].strip()) for name in _SPOKEN if found.get(name, "").strip()
        ]
        if tag == "html":
            self.language = language
        if "id" in found:
            self.ids[found["id"]] += 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(tag)
        self._addresses(tag, found)
        is_data = found.get("type") in ("application/ld+json", "application/json")
        if tag == "style" or (tag == "script" and "src" not in found and not is_data):
            self.inline.append(f"<{tag}>")
        self.inline += [
            f"{tag} {name}" for name in found if name == "style" or name.startswith("on")
        ]
        if tag not in _VOID:
            self._open.append((tag, language))

    def _addresses(self, tag: str, found: dict[str, str]) -> None:
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "link" and found.get("rel") == "alternate" and "hreflang" not in found:
            self.links.append(found["href"])  # a feed
        elif tag == "link" and found.get("rel") == "alternate":
            self.alternates[found.get("hreflang", "")] = found["href"]
        elif tag == "link" and found.get("rel") == "canonical":
            self.canonical = found["href"]
        elif tag == "link":
            self.loaded.append(found["href"])
        if found.get("src"):
            self.loaded.append(found["src"])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or not self._open:
            return
        tag, language = self._open[-1]
        if tag == "title" and not self.title:
            self.title = text
        if tag not in ("script", "style"):
            self.words.append((language, text))
