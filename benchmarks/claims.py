"""Judge 10,000 claims over a million observations, from a fixed public seed.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.claims [rows] [claims]

The observations are two regions × partners × groups of goods × years × flows with one decimal:
nine tables of ten printed by a statistical office, every tenth year by one of a hundred documents,
which also print all totals and growth rates; one document carries planted contradictions. The
claims are levels, changes, shares, places and records of those documents, half of them true.
Times are wall and CPU seconds of this process; the profile is of a tenth of the claims.
The observations are frozen for the garbage collector, as what a server has loaded should be:
otherwise a fifth of the time goes into looking through them again and again.
"""

from __future__ import annotations

import cProfile
import gc
import io
import pstats
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from irtysh.evaluation.claims import Claim, Judgement, judge_all
from irtysh.evaluation.expressions import World
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.observation import Observation
from tests.observations import observe

SEED = 20260101
REGIONS = ("RU-OMS", "RU-TYU")
HEADLINE = {
    "dataflow": "TRADE_PARTNER",
    "ref_area": "RU-OMS",
    "counterpart_area": "KZ",
    "flow": "T",
    "classification": "_Z",
    "commodity": "_T",
    "measure": "VALUE",
    "unit": "USD",
}
YEARS = 30
DOCUMENTS = 100


@dataclass
class Made:
    """The truth behind the observations: (region, partner, flow, year) → total in millions."""

    rows: list[Observation]
    totals: dict[tuple[str, str, str, int], float]
    partners: list[str]
    years: range


def made(count: int) -> Made:
    """Return about ``count`` observations."""
    clock = random.Random(SEED)
    sections = [code for code in codelist("hs_sections") if not code.startswith("_")]
    countries = [code for code, entry in codelist("areas").items() if entry.extra.get("iso3")]
    each = (len(sections) + 1) * 3
    partners = countries[: max(2, min(len(countries), count // (each * YEARS * len(REGIONS))))]
    years = range(2024 - max(2, min(60, count // (each * len(partners) * len(REGIONS)))), 2024)
    found = Made([], {}, partners, years)
    for region in REGIONS:
        for place, partner in enumerate(partners):
            for year in years:
                _print_year(found, clock, region, partner, year, sections, place % DOCUMENTS)
            _print_rates(found, region, partner, place % DOCUMENTS)
    return found


def _print_year(
    found: Made,
    clock: random.Random,
    region: str,
    partner: str,
    year: int,
    sections: list[str],
    document: int,
) -> None:
    goods: dict[str, float] = {"X": 0.0, "M": 0.0, "T": 0.0}
    values = {flow: [clock.lognormvariate(2, 1) for _ in sections] for flow in "XM"}
    values["T"] = [x + m for x, m in zip(values["X"], values["M"], strict=True)]
    for flow, listed in values.items():
        goods[flow] = sum(listed)
        for section, value in zip(sections, listed, strict=True):
            found.rows.append(
                observe(
                    f"{value:.1f}",
                    str(year),
                    dataflow="TRADE_GOODS",
                    ref_area=region,
                    counterpart_area=partner,
                    commodity=section,
                    flow=flow,
                    source="office" if year % 10 else f"document-{document}",
                    locator=f"table {region} {partner} {year} {flow} {section}",
                )
            )
    planted = document == 7 and year == found.years[0]
    for flow, value in goods.items():
        found.totals[region, partner, flow, year] = value
        printed = value * (0.5 if planted and flow == "T" else 1)
        found.rows.append(
            observe(
                f"{printed:.1f}",
                str(year),
                ref_area=region,
                counterpart_area=partner,
                classification="_Z",
                flow=flow,
                source=f"document-{document}",
                locator=f"total {region} {partner} {year} {flow}",
            )
        )


def _print_rates(found: Made, region: str, partner: str, document: int) -> None:
    for year in found.years[1:]:
        before, after = (found.totals[region, partner, "T", one] for one in (year - 1, year))
        found.rows.append(
            observe(
                f"{100 * (after / before - 1):.1f}",
                str(year),
                ref_area=region,
                counterpart_area=partner,
                classification="_Z",
                measure="GROWTH",
                unit="PC",
                unit_mult=0,
                base_period=str(year - 1),
                source=f"document-{document}",
                locator=f"growth {region} {partner} {year}",
            )
        )


def claims(world: Made, count: int) -> Iterator[dict[str, Any]]:
    """Yield claims of every numeric kind, one half true."""
    clock = random.Random(SEED + 1)
    for number in range(count):
        region, partner = clock.choice(REGIONS), clock.choice(world.partners)
        year = clock.choice(world.years[1:])
        series = f"area={region}, counterpart={partner}"
        now, before = (world.totals[region, partner, "T", one] for one in (year, year - 1))
        wrong = clock.choice((1.0, 1.3))
        kinds: list[Callable[[], dict[str, Any]]] = [
            lambda v=now * wrong, s=series, y=year: _claim("level", "about", v, 6, "USD",
                                                          f"value[{y}, {s}]"),
            lambda v=100 * (now * wrong / before - 1), s=series, y=year: _claim(
                "change", "eq", v, 0, "PC", f"growth(value[{y - 1}, {s}], value[{y}, {s}])"),
            lambda v=100 * wrong * world.totals[region, partner, "X", year] / now, s=series,
                   y=year: _claim("share", "eq", v, 0, "PC",
                                  f"share(value[{y}, flow=X, {s}], value[{y}, {s}])"),
            lambda s=series, y=year: _claim("extremum", "argmax", None, 6, "USD",
                                            f"value[{y}, {s}]"),
            lambda r=region, p=partner, y=year: _claim("rank", "rank", 1, 0, "PLACE",
                                                       f"rank({p}, value[{y}, area={r}, "
                                                       "counterpart=AD|AE|KZ|" + p + "])"),
        ]  # fmt: skip
        document = world.partners.index(partner) % DOCUMENTS
        yield {
            **kinds[number % len(kinds)](),
            "id": f"claim-{number}",
            "source": f"document-{document}",
            "locator": f"text {number}",
            "period": str(year),
            "areas": [region, partner],
        }


def _claim(
    kind: str, operator: str, value: float | None, mult: int, unit: str, expression: str
) -> dict[str, Any]:
    digits = 0 if kind == "rank" else 1
    return {
        "kind": kind,
        "operator": operator,
        "value": "" if value is None else f"{value:.{digits}f}",
        "unit": unit,
        "unit_mult": mult,
        "bindings": [{"expression": expression}],
    }


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Run a step and print its wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    print(f"| {name} | {time.perf_counter() - wall:.1f} | {time.process_time() - cpu:.1f} |")
    return result


def main() -> None:
    """Print the table and the profile."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    asked = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    found = made(count)
    listed = [Claim.from_document(row) for row in claims(found, asked)]
    print(f"{len(found.rows)} observations, {len(listed)} claims, seed {SEED}\n")
    print("| step | wall, s | CPU, s |\n|---|---|---|")
    gc.collect()
    gc.freeze()
    whole = time.perf_counter()
    world = timed("index", lambda: World(found.rows, headline=HEADLINE))
    judged: list[Judgement] = timed("judge", lambda: judge_all(listed, world))
    print(f"| together | {time.perf_counter() - whole:.1f} | |\n")
    for verdict, times in sorted(Counter(one.verdict.value for one in judged).items()):
        print(f"- {verdict}: {times}")
    profile = cProfile.Profile()
    profile.enable()
    judge_all(listed[: asked // 10], World(found.rows, headline=HEADLINE))
    profile.disable()
    text = io.StringIO()
    pstats.Stats(profile, stream=text).sort_stats("tottime").print_stats(10)
    print("\nProfile of a tenth of the claims, by own time:\n" + text.getvalue())


if __name__ == "__main__":
    main()
