"""The verdict on a claim as a small picture that other sites may show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from irtysh.indicators.charts.look import letters_width
from irtysh.indicators.charts.palette import hue
from irtysh.portal.presenters.verdicts import verdict_words
from irtysh.registries.claims.judged import Judged
from irtysh.registries.claims.models import Claim

HEIGHT = 28
_SIZE = 12
_PAD = 10
_DRAWING = 22
_COLOURS = {"good": "both", "fair": "side-b-ink", "poor": "accent", "grey": "ink-soft"}


@dataclass(frozen=True, slots=True)
class Badge:
    """What the picture shows; lengths in pixels."""

    title: str
    name: str
    word: str
    release: str
    drawing: str
    colour: str
    paper: str
    ink: str
    name_width: int
    word_width: int
    release_width: int

    @property
    def width(self) -> int:
        """Return the width of the whole picture."""
        return self.release_at + self.release_width + _PAD

    @property
    def right(self) -> int:
        """Where the coloured part begins."""
        return self.name_width + 2 * _PAD

    @property
    def word_at(self) -> int:
        """Where the word begins."""
        return self.right + _PAD + _DRAWING

    @property
    def release_at(self) -> int:
        """Where the name of the release begins."""
        return self.word_at + self.word_width + 2 * _PAD


def badge_of(claim: Claim, judged: Judged | None, language: str) -> Badge:
    """Return the badge of a claim in a language."""
    shown = verdict_words(judged.verdict if judged else "", language)
    word = shown["name"] or _("not judged yet")
    word = word[:1].upper() + word[1:]
    release = judged.released_at.date().isoformat() if judged else ""
    title = _("Claim: “%(claim)s”. Verdict: %(verdict)s.") % {
        "claim": claim.text_or_other("text", language)[0],
        "verdict": word,
    }
    if judged:
        title += " " + _("Release %(release)s.") % {"release": judged.release}
    name = _("Irtysh")
    return Badge(
        title=title, name=name, word=word, release=release, drawing=shown["drawing"],
        colour=hue(_COLOURS[shown["mood"]]), paper=hue("paper"), ink=hue("ink"),
        name_width=round(letters_width(name, _SIZE)), word_width=round(letters_width(word, _SIZE)),
        release_width=round(letters_width(release, _SIZE)),
    )  # fmt: skip
