"""In which language the command speaks, argparse's own words included."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue

OTHERWISE = "en"


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the reader's language: --lang, else IRTYSH_LANG, else the locale, else English.

    The arguments are looked through before they are parsed, because the parser's own words
    depend on the answer. A language that is not ours is passed over here; the parser refuses it.
    """
    wishes = [
        *_after_option(arguments),
        environment.get("IRTYSH_LANG", ""),
        environment.get("LC_ALL") or environment.get("LC_MESSAGES") or environment.get("LANG", ""),
    ]
    for wish in wishes:
        code = wish.replace("-", "_").split("_")[0].split(".")[0].lower()
        if code in LANGUAGES:
            return code
    return OTHERWISE


def _after_option(arguments: Sequence[str]) -> list[str]:
    found = []
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            found.append(argument.removeprefix("--lang="))
        elif argument == "--lang" and position + 1 < len(arguments):
            found.append(arguments[position + 1])
    return found


def translate_argparse(language: str) -> None:
    """Give argparse our words for its own ("usage:", "invalid choice").

    argparse asks the function it has imported as ``_`` at the moment it speaks, so replacing
    that name is enough. gettext's own way would need compiled files and LANGUAGE in the
    environment, which child processes would inherit.
    """
    words = catalogue("argparse")

    def one(english: str) -> str:
        found: str = words.get(english, {}).get(language, english)
        return found

    def counted(singular: str, plural: str, count: int) -> str:
        return one(singular if count == 1 else plural)

    argparse._ = one  # type: ignore[attr-defined]
    argparse.ngettext = counted  # type: ignore[attr-defined]
