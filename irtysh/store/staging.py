"""Where an import lies until it is published or thrown away.

Batches become typed Parquet parts, each whole or absent, so a killed import goes on where it
stopped. Sealing sorts the parts into the one file that the check sheet asks and a vintage takes.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from irtysh.store.amounts import AMOUNT_COLUMNS, check_amounts, first_row, widths
from irtysh.store.dataset import Structure
from irtysh.store.flows import CODED, FLOW_COLUMNS, FLOW_ORDER, KEY, decimal_type
from irtysh.store.parquet import quoted, workshop
from irtysh.store.schema import COLUMNS, ORDER, to_row
from irtysh.store.shelving import link_or_copy
from irtysh.vocabulary.errors import CodeEmpty
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

PART_ROWS = 250_000
SEALED = "sealed.parquet"
_DECIMAL = re.compile(r"DECIMAL\([0-9]+,([0-9]+)\)")


class Staging:
    """A folder of parts; opening one that a killed process left takes up what it finished.

    Attributes
    ----------
    folder : Path
    structure : {"figures", "trade"}
        "trade" takes FlowRow, "figures" Observation.
    """

    def __init__(self, folder: Path, structure: Structure = "trade") -> None:
        self.folder = folder
        self.structure: Structure = structure
        self._discarded = folder.with_name(f"{folder.name}.discarded")
        shutil.rmtree(self._discarded, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.building*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    @property
    def columns(self) -> dict[str, str]:
        """Column → type of what is staged."""
        return dict(FLOW_COLUMNS if self.structure == "trade" else COLUMNS)

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that no two rows may share."""
        return KEY if self.structure == "trade" else ("id",)

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that rows are sorted by; equal rows in them are told apart by the key."""
        return FLOW_ORDER if self.structure == "trade" else (*ORDER, "id")

    @property
    def parts(self) -> list[Path]:
        """The parts that are whole, in their order."""
        return sorted(self.folder.glob("part-*.parquet"))

    @property
    def rows(self) -> int:
        """How many rows lie in whole parts: an interrupted import skips as many and goes on."""
        return sum(int(about["rows"]) for about in self._parts())

    @property
    def rounded(self) -> int:
        """How many amounts had more than eight decimals and were rounded to eight."""
        return sum(int(about["rounded"]) for about in self._parts())

    def add(self, rows: Iterable[FlowRow] | Iterable[Observation]) -> int:
        """Stage rows, a part at a time in memory; return how many.

        To cancel, let the iterator raise: its unfinished part is not kept. Raises CodeEmpty,
        AmountUnreadable or NotAPeriod for a row that cannot be kept; the parts before stay.
        """
        (self.folder / SEALED).unlink(missing_ok=True)
        source: Iterator[Sequence[Any]] = iter(
            rows if self.structure == "trade" else map(_cells, rows)  # type: ignore[arg-type]
        )
        count = 0
        number = len(self.parts)
        while staged := self._add_part(number, islice(source, PART_ROWS)):
            count += staged
            number += 1
        return count

    def take(self, parquet: Path) -> int:
        """Stage a Parquet file that has the columns and types already; return its rows.

        For what another engine has aggregated: nothing is copied or passes through Python.
        Raises CodeEmpty, NotAPeriod.
        """
        (self.folder / SEALED).unlink(missing_ok=True)
        name = self.folder / f"part-{len(self.parts):06d}"
        with workshop(self.folder / "spill.building") as connection:
            connection.execute(f"CREATE VIEW part AS SELECT * FROM read_parquet({quoted(parquet)})")
            about = self._examine(connection)
            kinds = {row[0]: row[1] for row in connection.execute("DESCRIBE part").fetchall()}
        for column in AMOUNT_COLUMNS:
            found = _DECIMAL.fullmatch(kinds[column])
            about[column][0] = int(found[1]) if found else 0
        about["types"] = [kinds[column] for column in AMOUNT_COLUMNS]
        aside = name.with_suffix(".building.parquet")
        link_or_copy(parquet, aside)
        return self._finish(name, about)

    def seal(self, *, memory: str = "1GB", threads: int = 2) -> Path:
        """Sort all parts into one Parquet file and return it; does nothing if it is there."""
        target = self.folder / SEALED
        if not target.exists():
            aside = self.folder / "sealed.building"
            with workshop(self.folder / "spill.building", memory, threads) as connection:
                self._sort(connection, aside)
            aside.replace(target)
        return target

    def discard(self) -> None:
        """Throw everything away.

        Under another name: half of the parts must not look like an import to be gone on with.
        """
        if self.folder.exists():
            shutil.rmtree(self._discarded, ignore_errors=True)
            self.folder.rename(self._discarded)
            shutil.rmtree(self._discarded, ignore_errors=True)

    def _parts(self) -> list[dict[str, Any]]:
        return [json.loads(path.with_suffix(".json").read_bytes()) for path in self.parts]

    def _add_part(self, number: int, rows: Iterable[Sequence[Any]]) -> int:
        name = self.folder / f"part-{number:06d}"
        text = name.with_suffix(".building.csv")
        columns = ", ".join(f"'{column}': 'VARCHAR'" for column in self.columns)
        try:
            with text.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
            if not text.stat().st_size:
                return 0
            with workshop(self.folder / "spill.building") as connection:
                connection.execute(
                    f"CREATE VIEW read AS SELECT * FROM read_csv({quoted(text)}, header = false, "
                    f"columns = {{{columns}}}, quote = '\"', delim = ',', escape = '\"', "
                    "nullstr = '', auto_detect = false)"
                )
                about = self._convert(connection, name)
        finally:
            text.unlink(missing_ok=True)
        return self._finish(name, about)

    def _convert(self, connection: duckdb.DuckDBPyConnection, name: Path) -> dict[str, Any]:
        """Give the text its types and write it beside its name."""
        connection.execute("CREATE TABLE text AS SELECT * FROM read")
        about: dict[str, Any] = {}
        casts = {column: f'CAST("{column}" AS {kind})' for column, kind in self.columns.items()}
        texts = ""
        if self.structure == "trade":
            about, narrow = widths(connection)
            texts = "".join(f", {column} AS text_{column}" for column in AMOUNT_COLUMNS)
            for column, kind in narrow.items():
                casts[column] = f"CAST(TRY_CAST({column} AS {kind}) AS {FLOW_COLUMNS[column]})"
        names = ", ".join(f'{cast} AS "{column}"' for column, cast in casts.items())
        connection.execute(f"CREATE TABLE part AS SELECT {names}{texts} FROM text")
        if self.structure == "trade":
            check_amounts(connection)
            found = self._examine(connection)
            for column in AMOUNT_COLUMNS:
                about[column][1] = found[column][1]
        names = ", ".join(f'"{column}"' for column in self.columns)
        connection.execute(
            f"COPY (SELECT {names} FROM part) TO {quoted(name.with_suffix('.building.parquet'))} "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
        return {"rounded": 0} | about | {"rows": _count(connection)}

    def _finish(self, name: Path, about: dict[str, Any]) -> int:
        """Put a part under its name: from now on it is there."""
        name.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")
        name.with_suffix(".building.parquet").replace(name.with_suffix(".parquet"))
        return int(about["rows"])

    def _examine(self, connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
        """Return rows and largest amounts; raise for the first row that cannot be kept."""
        bad = {column: f'"{column}" IS NULL' for column in (*KEY, "status")}
        asked = [f"count(*) FILTER ({condition})" for condition in bad.values()]
        asked += [f"CAST(max(abs({column})) AS VARCHAR)" for column in AMOUNT_COLUMNS]
        found = connection.execute(f"SELECT count(*), {', '.join(asked)} FROM part").fetchone()
        rows, *counts = found or (0,)
        for (column, condition), count in zip(bad.items(), counts, strict=False):
            if count:
                raise CodeEmpty(line=first_row(connection, column, condition)[0], column=column)
        for kind, code in connection.execute("SELECT DISTINCT freq, period FROM part").fetchall():
            Period.parse(kind, code)
        largest = zip(AMOUNT_COLUMNS, counts[len(bad) :], strict=True)
        widths = {column: [0, len((most or "0").split(".")[0])] for column, most in largest}
        return {"rows": rows, "rounded": 0, **widths}

    def _sort(self, connection: duckdb.DuckDBPyConnection, target: Path) -> None:
        if not self.parts:
            _empty(connection, self.columns, target)
            return
        source = self._source()
        kinds = self.columns
        if self.structure == "trade":
            kinds |= self._decimals() | make_enums(connection, source, CODED)
        casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in kinds.items())
        connection.execute(
            f"COPY (SELECT {casts} FROM {source} ORDER BY {', '.join(self.order)}) "
            f"TO {quoted(target)} (FORMAT parquet, COMPRESSION zstd)"
        )

    def _source(self) -> str:
        """Return SQL of all parts; those of other types are cast, never left to be guessed."""
        groups: dict[str, list[str]] = {}
        for path, about in zip(self.parts, self._parts(), strict=True):
            groups.setdefault(str(about.get("types")), []).append(quoted(path))
        files = [f"read_parquet([{', '.join(paths)}])" for paths in groups.values()]
        if len(files) == 1:
            return files[0]
        names = ", ".join(
            f'CAST("{one}" AS {kind}) AS "{one}"' for one, kind in self.columns.items()
        )
        return f"({' UNION ALL '.join(f'SELECT {names} FROM {one}' for one in files)})"

    def _decimals(self) -> dict[str, str]:
        parts = self._parts()
        return {
            column: decimal_type(
                max(int(part[column][0]) for part in parts),
                max(int(part[column][1]) for part in parts),
            )
            for column in AMOUNT_COLUMNS
        }


def make_enums(
    connection: duckdb.DuckDBPyConnection, source: str, columns: Sequence[str]
) -> dict[str, str]:
    """Make a type of the codes that occur, in their order; return column → type.

    Numbers of one or two bytes sort and group faster than texts, and take less memory.
    """
    kinds = {}
    for column in columns:
        kind = kinds[column] = f"{column}_code"
        connection.execute(
            f'CREATE TYPE {kind} AS ENUM (SELECT DISTINCT CAST("{column}" AS VARCHAR) '
            f'FROM {source} WHERE "{column}" IS NOT NULL ORDER BY 1)'
        )
    return kinds


def _count(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT count(*) FROM part").fetchone()
    return int(row[0]) if row else 0


def _empty(connection: duckdb.DuckDBPyConnection, kinds: dict[str, str], target: Path) -> None:
    nothing = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in kinds.items())
    connection.execute(f"COPY (SELECT {nothing} WHERE false) TO {quoted(target)} (FORMAT parquet)")


def _cells(observation: Observation) -> list[str]:
    return list(to_row(observation).values())
