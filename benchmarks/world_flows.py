"""Invented flows in the shape of the world's: BACI's countries, products, years and skew.

Everything follows from the seed. Countries have sizes, pairs a distance, products a popularity;
whether a pair trades a product in a year is drawn with a chance that grows with all three, and
values are log-normal around what the three make likely. Rows come in random order.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from irtysh.vocabulary.codelists import codelist

SEED = 19950101
COUNTRIES = 226
PRODUCTS = 5_209
YEARS = tuple(range(1995, 2025))
CHUNK_PAIRS = 1_000
_FIRST = "CN US DE JP NL FR KR IT GB RU MX CA BE IN ES TH PL TR BR KZ KG UZ AM BY AZ TJ MN".split()


def countries() -> list[str]:
    """Return 226 real codes, the largest traders first; sizes are invented."""
    listed = [code for code, one in codelist("areas").items() if one.extra.get("kind") == "country"]
    return [*_FIRST, *sorted(set(listed) - set(_FIRST))][:COUNTRIES]


def products() -> list[str]:
    """Return 5,209 six-digit codes in the real chapters."""
    chapters = [code for code in codelist("hs_chapters") if code.isdecimal()]
    return [f"{chapters[n % len(chapters)]}{n // len(chapters) + 1:04d}" for n in range(PRODUCTS)]


class World:
    """Sizes, distances and popularity, and the chance that makes about so many rows."""

    def __init__(self, rows: int) -> None:
        clock = np.random.default_rng(SEED)
        names = countries()
        rank = np.arange(1, len(names) + 1)
        self.size = rank**-0.9 * clock.lognormal(0, 0.3, len(names))
        self.popular = clock.lognormal(0, 1.0, PRODUCTS)
        near = clock.lognormal(0, 0.8, (len(names), len(names)))
        pairs = np.argwhere(~np.eye(len(names), dtype=bool))
        self.pairs = pairs[clock.permutation(len(pairs))]
        weight = (self.size[:, None] * self.size[None, :]) ** 0.62 * near
        self.weight = weight[self.pairs[:, 0], self.pairs[:, 1]]
        self.scale = self._fitting(rows)

    def _fitting(self, rows: int) -> float:
        """Return the scale of chances that makes the expected number of rows right."""
        sample = np.random.default_rng(SEED).choice(len(self.pairs), 2_000, replace=False)
        low, high = 1e-6, 1e6
        for _ in range(60):
            middle = (low * high) ** 0.5
            chance = np.minimum(0.97, middle * np.outer(self.weight[sample], self.popular))
            made = chance.sum() * len(YEARS) * len(self.pairs) / len(sample)
            low, high = (middle, high) if made < rows else (low, middle)
        return (low * high) ** 0.5

    def chunk(self, number: int) -> dict[str, np.ndarray]:
        """Return columns of numbers for a thousand pairs, shuffled."""
        pairs = range(len(self.pairs))[number * CHUNK_PAIRS : (number + 1) * CHUNK_PAIRS]
        clock = np.random.default_rng([SEED, number])
        found = [self._pair(pair, clock) for pair in pairs]
        joined = {name: np.concatenate([one[name] for one in found]) for name in found[0]}
        order = clock.permutation(len(joined["t"]))
        return {name: column[order] for name, column in joined.items()}

    def _pair(self, number: int, clock: np.random.Generator) -> dict[str, np.ndarray]:
        chance = np.minimum(0.97, self.scale * self.weight[number] * self.popular)
        drawn = clock.random((len(YEARS), PRODUCTS), dtype=np.float32) < chance.astype(np.float32)
        years, goods = np.nonzero(drawn)
        count = len(years)
        exporter, importer = self.pairs[number]
        middle = np.log(self.weight[number] * self.popular[goods] * 1_000) + years * 0.03
        value = np.maximum(1, np.exp(middle + clock.normal(0, 2, count)) * 1_000).astype(np.int64)
        weight = np.maximum(1, value * clock.lognormal(-1, 1.2, count)).astype(np.int64)
        return {
            "t": years.astype(np.int16) + YEARS[0],
            "i": np.full(count, exporter, np.int16),
            "j": np.full(count, importer, np.int16),
            "k": goods.astype(np.int16),
            "v": value,
            "q": np.where(clock.random(count) < 0.03, -1, weight),
        }


def write(rows: int, folder: Path) -> int:
    """Write about so many rows as Parquet files in random order; return how many they are.

    The columns are those of a flow: values in thousands of dollars with three decimals, weights
    in kilograms, missing for three in a hundred. Files that are there are not made again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute(
            "CREATE TABLE area AS SELECT unnest(?) AS code, generate_subscripts(?, 1) - 1 AS n",
            [countries(), countries()],
        )
        connection.execute(
            "CREATE TABLE goods AS SELECT unnest(?) AS code, generate_subscripts(?, 1) - 1 AS n",
            [products(), products()],
        )
        world = World(rows)
        for number in range(-(-len(world.pairs) // CHUNK_PAIRS)):
            path = folder / f"chunk-{number:04d}.parquet"
            if path.exists():
                continue
            connection.register("chunk", world.chunk(number))
            connection.execute(
                "COPY (SELECT 'A' AS freq, a.code AS ref_area, b.code AS counterpart_area, "
                "'X' AS flow, 'H0' AS classification, g.code AS commodity, "
                "CAST(t AS VARCHAR) AS period, CAST(v / 1000 AS DECIMAL(18,3)) AS value, "
                "CAST(nullif(q, -1) AS DECIMAL(18,0)) AS weight, "
                "CAST(NULL AS DECIMAL(18,0)) AS quantity, CAST(NULL AS VARCHAR) AS quantity_unit, "
                f"'OBSERVED' AS status, {number * 10**8} + row_number() OVER () + 1 AS line "
                "FROM chunk JOIN area a ON a.n = i JOIN area b ON b.n = j JOIN goods g ON g.n = k) "
                f"TO '{path}.building' (FORMAT parquet, COMPRESSION snappy)"
            )
            connection.unregister("chunk")
            Path(f"{path}.building").rename(path)
        row = connection.execute(
            f"SELECT sum(num_rows) FROM parquet_file_metadata('{folder}/chunk-*.parquet')"
        ).fetchone()
    return int(row[0]) if row else 0
