"""From a product code as a file has it to ours: lost zeros put back, pseudo-codes told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from irtysh.sources.aliases.lists import rows_of
from irtysh.vocabulary.classifications import (
    EDITIONS,
    HS_EDITIONS,
    TOTAL,
    classification,
)
from irtysh.vocabulary.errors import UnknownCode

_LENGTHS = (2, 4, 6, 8, 10)
_HARMONIZED = (*HS_EDITIONS, "HS", "TNVED")
_WITHOUT_LIST = "S4"
"""SITC revision 4: no list of it is here, so every code of the right form passes."""
_STORED_AS_NUMBER = re.compile(r"(\d+)\.0+")
_SECRET = re.compile(r"X+")


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """A product found.

    Attributes
    ----------
    code : str
        With its leading zeros; "_T" for the total; a pseudo-code as it stands.
    classification : str
    level : int
        Number of digits; 0 for the total.
    is_pseudo : bool
        True for what is in the total but is no product: 9999, 999999, XXXXXXXXXX (withheld).
        To be kept in sums and barred from comparative advantage.
    is_known : bool
        False if the form is right but the edition has no such code.
    remark : str
        Empty, or "LeadingZeroRestored".
    """

    code: str
    classification: str
    level: int
    is_pseudo: bool = False
    is_known: bool = True
    remark: str = ""


@lru_cache(maxsize=65536)
def product(text: str, edition: str = "HS") -> ProductMatch:
    """Return the product that a code of a file means.

    Codes of the Harmonized System have an even number of digits: 3, 5, 7 or 9 mean that a
    program read them as numbers and lost a zero. Codes of SITC may have any length; there
    nothing can be mended.

    Raises
    ------
    UnknownCode
        It is no code of such a form, or the edition is not known.
    """
    if edition not in (*EDITIONS, _WITHOUT_LIST):
        raise UnknownCode(code=edition, codelist="classifications", near=", ".join(EDITIONS))
    code = text.replace("\u00a0", "").replace(" ", "").strip().upper()
    stored = _STORED_AS_NUMBER.fullmatch(code)
    code = stored[1] if stored else code
    special = _special(code, edition)
    if special is not None:
        return special
    if edition not in _HARMONIZED:
        known = edition == _WITHOUT_LIST or code in classification(edition)
        if not code or (edition == "ICIO" and not known) or (len(code) > 5 and edition != "ICIO"):
            raise UnknownCode(code=text[:80], codelist=edition, near="—")
        return ProductMatch(code, edition, len(code), is_known=known)
    if not code.isascii() or not code.isdigit() or len(code) > _LENGTHS[-1]:
        raise UnknownCode(code=text[:80], codelist=edition, near="—")
    mended = f"0{code}" if len(code) % 2 else code
    remark = "LeadingZeroRestored" if mended != code else ""
    known = mended[:6] in classification(edition)
    return ProductMatch(mended, edition, len(mended), is_known=known, remark=remark)


def _special(code: str, edition: str) -> ProductMatch | None:
    if _SECRET.fullmatch(code):
        return ProductMatch(code, edition, len(code), is_pseudo=True)
    for row in rows_of("product_codes"):
        if code == row["alias"]:
            if row["kind"] == "total":
                return ProductMatch(TOTAL, edition, 0)
            return ProductMatch(code, edition, len(code), is_pseudo=True)
    return None
