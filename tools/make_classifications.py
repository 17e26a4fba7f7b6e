"""Make definitions/classifications anew from the published lists (maintainers).

    python tools/make_classifications.py FOLDER

FOLDER holds hs_nomenclature_en_all_revisions.parquet, sitc_nomenclature_en.parquet and
hs_revision_concordances.parquet (harvard-growth-lab/comtrade-conversion-weights, Apache-2.0; lists
of UN Comtrade), eaeu_common_tariff_rates_2026.parquet (Common Customs Tariff of the EAEU, an
official act: only its codes are taken), and tnved_headings_history_ru.parquet (titles of headings
of the Commodity Nomenclature of the EAEU, an official act, as the Federal Tax Service of Russia
keeps them with their first and last days). The files are packed without a date, so that the same
lists give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import defaultdict
from pathlib import Path

import duckdb

from irtysh.vocabulary.text import LOOKALIKES

TARGET = Path(__file__).resolve().parent.parent / "definitions" / "classifications"
_HS = "hs_nomenclature_en_all_revisions.parquet"
_SITC = "sitc_nomenclature_en.parquet"
_PAIRS = "hs_revision_concordances.parquet"
_TARIFF = "eaeu_common_tariff_rates_2026.parquet"
_HEADINGS = "tnved_headings_history_ru.parquet"
_IN_FORCE = {"2": "20050601", "3": "20090601", "4": "20140601", "5": "20190601", "6": "20230601"}
"""Edition of the Harmonized System → a day on which the Russian nomenclature followed it."""
_WORD = re.compile(r"[^\W\d_]+[\w]*")
_MIXED = re.compile(r"[a-zA-Z][а-яёі]|[а-яёі][a-zA-Z]")
_EDITIONS = {
    "1962": "S1", "1976": "S2", "1988": "S3", "1992": "H0", "1996": "H1", "2002": "H2",
    "2007": "H3", "2012": "H4", "2017": "H5", "2022": "H6",
}  # fmt: skip


def _pack(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    packed = gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0)
    (TARGET / f"{name}.csv.gz").write_bytes(packed)
    print(f"{name}: {len(rows)} rows, {len(packed) // 1024} KiB")


def _titles(source: Path, digits: str) -> list[tuple[str, ...]]:
    """Return code, title, unit and the editions that have it so: one row for equal titles."""
    unit = "standardUnitAbbr" if digits == "H" else "NULL"
    listed = duckdb.read_parquet(str(source)).filter("aggrlevel <> '0'")
    found = listed.select(f"id, text, coalesce({unit}, ''), classification").fetchall()
    editions: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for code, text, measured, edition in found:
        title = " ".join(text.removeprefix(f"{code} - ").split())
        editions[code, title, measured].append(edition[-1])
    return sorted((code, "".join(sorted(set(at))), measured, title)
                  for (code, title, measured), at in editions.items())  # fmt: skip


def _headings(source: Path, listed: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return code, editions and the Russian title of the headings that the history names.

    Headings that are not divided are not in it. A title that mixes alphabets within a word cannot
    be told from a mistake of typing and is left out.
    """
    editions: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for code, title, since, until in duckdb.read_parquet(str(source)).fetchall():
        said = _sentence(title)
        for edition, day in _IN_FORCE.items():
            is_in_force = _day(since) <= day <= (_day(until) or day)
            if is_in_force and (code, edition) in listed and not _MIXED.search(said):
                editions[code, said].append(edition)
    return sorted(
        (code, "".join(sorted(set(at))), said)
        for (code, said), at in editions.items()
        if code != "9999"
    )


def _day(text: str | None) -> str:
    """Return a day as the act prints it (31.12.2006) as digits that can be compared."""
    return "".join(reversed(text.split("."))) if text else ""


def _sentence(title: str) -> str:
    """Return a title that is printed in capitals as a sentence.

    Latin letters inside Russian words are mistakes of typing; Latin names of species begin with a
    capital, abbreviations and formulas stay as they are.
    """
    words = " ".join(title.split()).rstrip(":").strip()
    lowered = _WORD.sub(_lowered, words)
    lowered = re.sub(r"(?<![a-z] )\b([a-z])(?=[a-z]{4,})", lambda found: found[1].upper(), lowered)
    return lowered[:1].upper() + lowered[1:]


def _lowered(found: re.Match[str]) -> str:
    word = found[0]
    letters = [letter for letter in word if letter.isalpha()]
    latin = sum(letter.isascii() for letter in letters)
    if latin * 2 < len(letters):
        return word.translate(LOOKALIKES).lower()
    return word if len(letters) < 5 or any(map(str.isdigit, word)) else word.lower()


def main(folder: Path) -> None:
    """Write the lists."""
    TARGET.mkdir(parents=True, exist_ok=True)
    harmonized = _titles(folder / _HS, "H")
    _pack("hs", ("code", "editions", "unit", "name_en"), harmonized)
    listed = {(code, edition) for code, editions, *_ in harmonized for edition in editions}
    _pack("hs_headings", ("code", "editions", "name_ru"), _headings(folder / _HEADINGS, listed))
    _pack("sitc", ("code", "editions", "unit", "name_en"), _titles(folder / _SITC, "S"))
    related = duckdb.read_parquet(str(folder / _PAIRS))
    pairs = related.select(
        'rev_after, rev_before, "code.after", "code.before", "Relationship"'
    ).fetchall()
    _pack(
        "concordance",
        ("later", "earlier", "code_later", "code_earlier", "relation"),
        sorted({(_EDITIONS[after], _EDITIONS[before], *rest) for after, before, *rest in pairs}),
    )
    tariff = duckdb.read_parquet(str(folder / _TARIFF)).filter("length(hs_code) = 10")
    codes = tariff.select("hs_code").distinct().fetchall()
    _pack("tnved", ("code",), sorted((code,) for (code,) in codes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
