"""From a unit as a file has it to ours, with the factor between them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from irtysh.sources.aliases.lists import level, rows_of
from irtysh.vocabulary.errors import AmbiguousCode, UnknownCode
from irtysh.vocabulary.text import is_number

UNIT_SCHEMES = ("any", "oksm", "fcs", "comtrade", "name")


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found: ours, and how many of ours one of the source's is.

    ``code`` is empty where the source says that it gives no quantity ("?", "No Quantity"): a
    zero beside it means "not given".
    """

    code: str
    factor: Decimal = Decimal(1)


@lru_cache(maxsize=4096)
def unit(text: str, scheme: str = "any") -> UnitMatch:
    """Return the unit that a publisher means.

    Parameters
    ----------
    text : str
        A code or a name in any of the three languages.
    scheme : str
        "oksm" (OK 015-94, numbers; "fcs" is the same), "comtrade" (numbers of UN Comtrade),
        "name", or "any".

    Raises
    ------
    UnknownCode, AmbiguousCode
        Numbers of two lists differ: 8 is kilograms at UN Comtrade.
    """
    if scheme not in UNIT_SCHEMES:
        raise UnknownCode(code=scheme, codelist="unit schemes", near=", ".join(UNIT_SCHEMES))
    wanted = "oksm" if scheme == "fcs" else scheme
    name = level(text).rstrip(".")
    if is_number(name) and wanted != "comtrade":
        name = name.zfill(3)
    found = {
        (row["code"], row["factor"])
        for row in rows_of("units")
        if row["alias"] == name and wanted in ("any", row["scheme"])
    }
    if wanted in ("any", "comtrade") and is_number(name):
        found |= {
            (row["code"], row["factor"])
            for row in rows_of("units")
            if row["scheme"] == "comtrade" and row["alias"] == str(int(name))
        }
    if not found:
        raise UnknownCode(code=text[:80], codelist="units", near="—")
    if len(found) > 1:
        listed = ", ".join(sorted(f"{code} × {factor}" for code, factor in found))
        raise AmbiguousCode(code=text[:80], candidates=listed)
    ((code, factor),) = found
    return UnitMatch(code, Decimal(factor))
