"""Claims: sentences of documents, checked against the figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from irtysh.registries.claims.judged import (  # noqa: F401 (tables)
    Consistency,
    Judged,
    Noticed,
    Rests,
)
from irtysh.registries.claims.proposals import (  # noqa: F401 (tables of this application)
    Extraction,
    Proposal,
)
from irtysh.registries.claims.rules import RATINGS, binding_faults
from irtysh.registries.records.codes import code_name, language_now, release_now
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.registries.records.shelf import edition
from irtysh.vocabulary.errors import Fault

VERDICTS = "claim_verdicts"
"""The code list of verdicts."""
_COMPUTED = {"verdict": _("Verdict"), "document": _("Document")}
"""Facets that are no columns."""


@keeps("claims")
class Claim(Record):
    """A quantitative statement of a document."""

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield also what the expressions of the bindings do wrong."""
        yield from super().faults(resolves)
        yield from binding_faults(self)

    @cached_property
    def judged(self) -> Judged | None:
        """Return what holds: of the current release, else of the newest that judged the claim."""
        rows = list(Judged.objects.history(self.code)[:8])
        now = release_now()
        return next((one for one in rows if one.release == now), rows[0] if rows else None)

    def judged_in(self, release: str) -> Judged | None:
        """Return what held in a release; None where that release never judged the claim."""
        return Judged.objects.history(self.code).filter(release=release).first()

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return verdict and kind."""
        found = self.judged
        kind = Tag("kind", code_name("claim_kinds", self.kind, language), self.kind)
        if found is None:
            return [kind]
        mood = {"good": "good", "poor": "strong"}.get(found.sign.mood, "")
        name = code_name(VERDICTS, found.verdict, language)
        return [Tag("verdict", name, found.verdict, mood), kind]

    def more_facets(self) -> dict[str, list[str]]:
        """Return the verdict that holds and the document that makes the claim."""
        found = self.judged
        return {
            "verdict": [found.verdict] if found else [],
            "document": [self.source] if self.source else [],
        }

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        if facet in _COMPUTED:
            with override(language):
                return str(_COMPUTED[facet])
        return super().facet_label(facet, language)

    @classmethod
    def facet_value_label(cls, facet: str, value: str, language: str) -> str:
        """Return the name of a facet's value."""
        if facet == "verdict":
            return code_name(VERDICTS, value, language)
        if facet == "document":
            return document_title(value, language)
        return super().facet_value_label(facet, value, language)

    def summary_in(self, language: str = "") -> str:
        """Return what the data say of it, in one sentence of the judgement."""
        found = self.judged
        said = found.result.get("said", {}) if found else {}
        return str(said.get(language or language_now(), {}).get("title", ""))

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the check of the claim as schema.org ClaimReview."""
        found = self.judged
        said = self.text_or_other("text", language)[0]
        review = {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": address,
            "url": address,
            "inLanguage": language,
            "claimReviewed": said,
            "author": {"@type": "Organization", "name": "Irtysh", "url": _home(address)},
            "itemReviewed": {
                "@type": "Claim",
                "appearance": {
                    "@type": "CreativeWork",
                    "name": document_title(self.source, language),
                    "url": f"{_home(address)}sources/{self.source}/",
                },
            },
        }
        if found is None:
            return review
        rating: dict[str, Any] = {
            "@type": "Rating",
            "alternateName": code_name(VERDICTS, found.verdict, language),
        }
        if found.sign.rating is not None:
            worst, best = RATINGS
            rating |= {
                "ratingValue": found.sign.rating, "worstRating": worst, "bestRating": best,
                "ratingExplanation": self.summary_in(language),
            }  # fmt: skip
        day = found.released_at.date().isoformat()
        return review | {"reviewRating": rating, "datePublished": day}


def document_title(source: str, language: str) -> str:
    """Return the title of a source of the current release; its id where it has none."""
    now = release_now()
    if not now or not source:
        return source
    read = edition(now, language)
    return read.text(read.sources.get(source, {}).get("title")) or source


def _home(address: str) -> str:
    """Return the address of the portal in the language of a record's address."""
    return address.rsplit("/", 3)[0] + "/"
