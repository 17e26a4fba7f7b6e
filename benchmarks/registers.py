"""Lists, downloads and imports of a register with 100,000 records, on the database of the settings.

    IRTYSH_PROFILE=test IRTYSH_DATA=/a/new/folder python -m benchmarks.registers [records]
    IRTYSH_PROFILE=test IRTYSH_DATA=/a/new/folder IRTYSH_DATABASE_URL=postgres://… python -m …

Makes a database of its own (on PostgreSQL ``irtysh_benchmark``, dropped afterwards) and fills it
with organisations drawn by a public seed, each with products, themes and places; their entries in
the listing are made by the same function that a save calls. Each line is the median of several runs
in this process: time that passes (wall), and processor time of this process, which on PostgreSQL
leaves the server's own out. The caches of counts are emptied before each run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

SEED = 20240531
RUNS = 5
AT_ONCE = 1000
IMPORTED = 5000
_PLACES = ("Омск", "Павлодар", "Петропавловск", "Тара", "Экибастуз", "Исилькуль", "Костанай")
_WORKS = (
    "молочный завод",
    "мельница",
    "транспортная компания",
    "завод машин",
    "торговый дом",
    "проектный институт",
    "кирпичный завод",
    "лесопилка",
    "типография",
    "теплица",
)
_ROOTS = (
    "восход",
    "иртыш",
    "степь",
    "мост",
    "рассвет",
    "север",
    "достык",
    "алтын",
    "берег",
    "путь",
)


def drawn(count: int) -> Iterator[dict[str, Any]]:
    """Yield organisations as documents."""
    from irtysh.vocabulary.codelists import codelist

    chance = random.Random(SEED)
    kinds, activities = list(codelist("organisation_kinds")), list(codelist("activities"))
    for number in range(count):
        root, place = chance.choice(_ROOTS), chance.choice(_PLACES)
        name = f"{root.capitalize()}-{number} {place}"
        yield {
            "id": f"firm-{number}",
            "kind": chance.choice(kinds),
            "name": {"ru": name, "kk": f"{name} ЖШС", "en": f"{root}-{number} Ltd"},
            "summary": {"ru": f"{chance.choice(_WORKS)}, {place}: {chance.choice(_WORKS)}."},
            "side": chance.choice("AB"),
            "country": chance.choice(("RU", "KZ")),
            "activities": chance.sample(activities, 2),
            "partner_capital": chance.choice((True, False, None)),
            "products": [
                {"direction": "exports", "hs": f"{chance.randrange(1, 98):02d}",
                 "name": {"ru": chance.choice(_WORKS)}}
            ],
        }  # fmt: skip


def fill_database(count: int) -> None:
    """Write the records and their entries, a thousand at a time."""
    from django.db import transaction

    from irtysh.registries.records.documents import fill
    from irtysh.registries.records.listing import entry_of, grow
    from irtysh.registries.records.models import Listing, ListingFacet, registers

    model = registers()["organisations"]
    waiting: list[Any] = []

    def write() -> None:
        with transaction.atomic():
            entries = [entry_of(record) for record in waiting]
            rows = [row for record in waiting for row in record.products.all()]
            for record in waiting:
                record._cluster_related_objects = {}
            model.objects.bulk_create(waiting)
            for row in rows:
                row.record_id = row.record.pk
            type(rows[0]).objects.bulk_create(rows)
            listings = Listing.objects.bulk_create(
                Listing(register="organisations", code=record.code, **entry.fields)
                for record, entry in zip(waiting, entries, strict=True)
            )
            ListingFacet.objects.bulk_create(
                [
                    ListingFacet(
                        listing=listing, register="organisations", facet=facet, value=value
                    )
                    for listing, entry in zip(listings, entries, strict=True)
                    for facet, value in entry.facets
                ],
                batch_size=5000,
            )
        waiting.clear()

    for document in drawn(count):
        record = model(live=True)
        fill(record, document, lambda register, code: None)
        waiting.append(record)
        if len(waiting) == AT_ONCE:
            write()
    if waiting:
        write()
    grow()


def measured(work: Callable[[], Any], runs: int = RUNS) -> tuple[float, float]:
    """Return the medians of wall time and of this process's time, in seconds."""
    from irtysh.registries.records import finding

    walls, cpus = [], []
    for _run in range(runs):
        for cached in (finding._whole, finding._whole_counts, finding._facet_names):
            cached.cache_clear()
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def works(count: int) -> Iterable[tuple[str, Callable[[], Any], int]]:
    """Return name, work and number of runs of everything that is measured."""
    from irtysh.registries.records import bulk_export
    from irtysh.registries.records.finding import Asked, counts_of, facet_names, page_of
    from irtysh.registries.records.models import registers

    def asked(words: str = "", page: int = 1, **facets: tuple[str, ...]) -> Asked:
        return Asked("organisations", "ru", words, facets, "", page)

    def listed(question: Asked) -> Callable[[], Any]:
        def one() -> None:
            page_of(question)
            facet_names("organisations")
            counts_of(question)

        return one

    def record() -> None:
        found = registers()["organisations"].objects.get(code=f"firm-{count // 2}", live=True)
        for column in ("products", "former_names", "links", "rivals"):
            list(getattr(found, column).all())

    def out(form: str, limit: int | None = None) -> Callable[[], Any]:
        def one() -> None:
            codes = None if limit is None else [f"firm-{n}" for n in range(limit)]
            documents = bulk_export.public_records("organisations", codes)
            write = bulk_export.as_csv if form == "csv" else None
            if write is not None:
                for _piece in write("organisations", documents, "ru"):
                    pass
            else:
                bulk_export.as_xlsx("organisations", documents, "ru", "").close()

        return one

    words, two = "завод", {"kind": ("bank", "company"), "side": ("A",)}
    last = max(count // 20 - 1, 1)
    return [
        ("list, first page", lambda: page_of(asked()), RUNS),
        (f"list, page {min(500, last)}", lambda: page_of(asked(page=min(500, last))), RUNS),
        ("list with all facets", listed(asked()), RUNS),
        ("one facet", lambda: page_of(asked(kind=("bank",))), RUNS),
        ("one facet, all facets counted", listed(asked(kind=("bank",))), RUNS),
        ("search, a common word", lambda: page_of(asked(words)), RUNS),
        ("search, a rare word", lambda: page_of(asked("Иртыш-777")), RUNS),
        ("two facets and a word", lambda: page_of(asked(words, **two)), RUNS),
        ("two facets and a word, all counted", listed(asked(words, **two)), RUNS),
        ("one record with its rows", record, RUNS),
        ("CSV, whole register", out("csv"), 1),
        (f"XLSX, {min(IMPORTED, count)} records", out("xlsx", min(IMPORTED, count)), 1),
        (f"preview of {min(IMPORTED, count)} rows", _preview(min(IMPORTED, count)), 1),
        (f"import of {min(500, count)} rows", _import(min(500, count)), 1),
    ]


def _file(count: int, mark: str) -> bytes:
    from irtysh.registries.records.bulk import names_now
    from irtysh.sources.registers import TABLES
    from irtysh.sources.registers.sheets import write_csv

    changed = ({**one, "locator": f"{mark} {one['id']}"} for one in drawn(count))
    return write_csv(TABLES["organisations"], changed, names_now("ru"))


def _preview(count: int) -> Callable[[], Any]:
    from irtysh.registries.records.bulk import read_and_preview

    data = _file(count, "p.")

    def one() -> None:
        found = read_and_preview(
            register="organisations", data=data, file="firms.csv", by=_administrator()
        )
        assert found.counts["changed"] == count, found.counts

    return one


def _import(count: int) -> Callable[[], Any]:
    from irtysh.registries.records.bulk import read_and_preview
    from irtysh.registries.records.bulk_actions import apply

    data = _file(count, "s.")

    def one() -> None:
        by = _administrator()
        found = read_and_preview(register="organisations", data=data, file="firms.csv", by=by)
        apply(preview=found, by=by)

    return one


def _administrator() -> Any:
    from irtysh.accounts.models import User

    return User.objects.get(username="benchmark")


def main(count: int) -> None:
    """Make the database, fill it, measure, print."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from irtysh.accounts.models import User
    from irtysh.vocabulary.places import data_folder

    # A database of its own, so that nothing of the portal is touched.
    connection.settings_dict.setdefault("TEST", {})
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = "irtysh_benchmark"
    else:  # in a file, as a portal has it; by itself Django would take one in memory
        connection.settings_dict["TEST"]["NAME"] = str(data_folder() / "benchmark.sqlite3")
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        User.objects.create_superuser("benchmark", "benchmark@example.org", "benchmark")
        begun = time.perf_counter()
        fill_database(count)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {count} organisations, seed {SEED}; "
              f"filled in {time.perf_counter() - begun:.0f} s\n")  # fmt: skip
        print(f"{'':38}{'wall, ms':>10}{'CPU, s':>10}")
        for name, work, runs in works(count):
            wall, cpu = measured(work, runs)
            print(f"{name:38}{wall * 1000:10.1f}{cpu:10.3f}", flush=True)
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    from irtysh.console.portal import start_django

    start_django()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
