"""What publishers call an edition of a classification of goods."""

from __future__ import annotations

from irtysh.vocabulary.codelists import codelist

EDITIONS_CALLED = {
    **{f"H{n}": f"H{n}" for n in range(7)},
    "HS": "HS",
    **dict(zip(("HS1992", "HS1988/92", "HS92"), ("H0",) * 3, strict=True)),
    "HS1996": "H1",
    "HS96": "H1",
    "HS2002": "H2",
    "HS02": "H2",
    "HS2007": "H3",
    "HS07": "H3",
    "HS2012": "H4",
    "HS12": "H4",
    "HS2017": "H5",
    "HS17": "H5",
    "HS2022": "H6",
    "HS22": "H6",
    **{f"S{n}": f"S{n}" for n in range(1, 5)},
}
"""Names of classifications in trade files → ours."""


def edition(text: str) -> str:
    """Return the code of a classification: a publisher's name of it, or our own code.

    Raises
    ------
    UnknownCode
        Nothing is called so; near codes are given.
    """
    name = text.strip()
    found = EDITIONS_CALLED.get(name.upper())
    return found or codelist("classifications")[name].code
