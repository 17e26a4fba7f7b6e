"""Names of codes in the reader's language, those of the case among them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import get_language

from irtysh.registries.records.shelf import edition, releases
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode
from irtysh.vocabulary.text import LANGUAGES


def language_now() -> str:
    """Return the language of the screen."""
    return (get_language() or LANGUAGES[0])[:2]


def choices(codes: str) -> list[tuple[str, str]]:
    """Return the codes of a list with their names; ``themes`` and ``sides`` come from the case."""
    return list(_names(codes, language_now(), _release_id()).items())


def code_name(codes: str, code: str, language: str = "") -> str:
    """Return the name of a code, or the code where nothing names it."""
    if not code:
        return ""
    found = _names(codes, language or language_now(), _release_id()).get(code)
    return found if found is not None else code


def names_of(codes: str, language: str) -> Mapping[str, str]:
    """Return code → name of a list, those of the case among them."""
    return _names(codes, language, _release_id())


def side_of_area(area: str) -> str:
    """Return the side of the border on which an area lies; empty for neither.

    Where the border runs between two countries, every area of a country lies on its side; inside
    one country only what belongs to a side's own territory does.
    """
    sides = {str(side["id"]): str(side["area"]) for side in _case(_release_id()).get("sides", ())}
    countries = {own.partition("-")[0] for own in sides.values()}
    for side, own in sides.items():
        country = own.partition("-")[0]
        wide = country if len(countries) == len(sides) else own
        if area == wide or area.startswith(f"{wide}-"):
            return side
    return ""


def case_about() -> Mapping[str, object]:
    """Return what the case says of itself; empty while nothing was published."""
    return _case(_release_id())


def release_now() -> str:
    """Return the id of the current release; empty while nothing was published."""
    return _release_id()


def _release_id() -> str:
    try:
        return releases().current().id
    except ReleaseNotFound:
        return ""


@lru_cache(maxsize=8)
def _case(release_id: str) -> Mapping[str, object]:
    return edition(release_id, LANGUAGES[0]).case if release_id else {}


@lru_cache(maxsize=400)
def _names(codes: str, language: str, release_id: str) -> dict[str, str]:
    if codes in ("themes", "sides"):
        return _of_the_case(codes, language, release_id)
    found = {code: entry.name[language] for code, entry in codelist(codes).items()}
    if release_id:
        read = edition(release_id, language)
        for code in read.codes.get(codes, {}):
            found[code] = read.code(codes, code)
    return found


def _of_the_case(codes: str, language: str, release_id: str) -> dict[str, str]:
    if not release_id:
        return {"A": "A", "B": "B"} if codes == "sides" else {}
    read = edition(release_id, language)
    if codes == "themes":
        return {one["id"]: read.text(one["title"]) for one in read.case.get("themes", ())}
    return {one["id"]: read.code("areas", one["area"]) for one in read.case.get("sides", ())}


__all__ = [
    "UnknownCode",
    "case_about",
    "choices",
    "code_name",
    "language_now",
    "names_of",
    "release_now",
    "side_of_area",
]
