"""`irtysh aggregate`: declarations into a dataset, on this machine or on a Spark cluster."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from irtysh.console.case import has_errors, show_faults
from irtysh.console.shell import FAULTS, OK, Shell
from irtysh.vocabulary.errors import DatasetIdWrong
from irtysh.vocabulary.places import data_folder, datasets_folder, releases_folder

_FREQUENCIES = ("A", "Q", "M")
_VALUATIONS = ("FOB", "CIF")


def add_to(commands: Any, common: argparse.ArgumentParser, shell: Shell) -> None:
    """Add the command to the parser."""
    words = shell.words("aggregate")
    parser = commands.add_parser("aggregate", help=words, description=words, parents=[common])
    parser.add_argument("shards", metavar=shell.words("folder"), help=shell.words("aggregate-in"))
    parser.add_argument("--dataset", required=True, help=shell.words("aggregate-dataset"))
    parser.add_argument("--about", required=True, help=shell.words("aggregate-about"))
    parser.add_argument(
        "--freq", choices=_FREQUENCIES, default="M", help=shell.words("aggregate-freq")
    )
    parser.add_argument(
        "--level", type=shell.whole_number, default=6, help=shell.words("aggregate-level")
    )
    parser.add_argument(
        "--fewest", type=shell.whole_number, default=1, help=shell.words("aggregate-fewest")
    )
    parser.add_argument("--classification", default="H6", help=shell.words("aggregate-codes"))
    parser.add_argument("--unit", required=True, help=shell.words("aggregate-unit"))
    for option in ("exports-at", "imports-at"):
        words = shell.words(f"aggregate-{option}")
        parser.add_argument(f"--{option}", choices=_VALUATIONS, help=words)
    parser.add_argument("--spark", metavar="spark://HOST:7077", help=shell.words("aggregate-spark"))
    parser.add_argument("--publish", action="store_true", help=shell.words("aggregate-publish"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, shell: Shell) -> int:
    """Aggregate, show the sums, and publish if that was asked for."""
    from irtysh.publication.case_imports import read_about
    from irtysh.publication.import_job import refuse_taken
    from irtysh.store.vintages import is_dataset_id
    from irtysh.vocabulary.codelists import codelist

    if not is_dataset_id(options.dataset):  # it becomes the name of folders
        raise DatasetIdWrong(dataset=options.dataset[:60])
    refuse_taken(options.dataset, releases_folder())
    codelist("units")[options.unit]  # raises with near codes before hours of work
    about, faults = read_about(Path(options.about))
    if has_errors(faults):
        show_faults(faults, shell)
        return FAULTS
    place = data_folder() / "staging" / f"aggregate-{options.dataset}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        return _aggregated(options, shell, about, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _aggregated(
    options: argparse.Namespace, shell: Shell, about: dict[str, Any], place: Path
) -> int:
    from irtysh.store.check_sheet import sums
    from irtysh.store.declarations.engines import on_duckdb, on_spark
    from irtysh.store.declarations.expressions import Aggregation
    from irtysh.store.staging import Staging
    from irtysh.store.vintages import Vintages

    how = Aggregation(options.freq, options.level, options.classification, options.fewest)
    staging = Staging(place / "rows")
    shards = Path(options.shards).absolute()
    shell.tell("aggregate-running", engine=options.spark or "DuckDB")
    if options.spark:
        files = on_spark(shards, place / "flows", how, master=options.spark)
    else:
        files = on_duckdb(shards, place / "flows", how)
    for file in files:
        staging.take(file)
    found = sums(staging)
    rows = [
        (one.codes["flow"], one.codes["period"], one.rows, one.missing, one.value) for one in found
    ]
    headings = ("column-flow", "column-period", "column-rows", "column-missing", "column-value")
    lines = shell.table(headings, rows)
    data: dict[str, Any] = {"rows": staging.rows, "sums": rows, "vintage": None}
    if options.publish:
        vintage = Vintages(datasets_folder()).publish(
            options.dataset,
            staging,
            about,
            structure="trade",
            constants={
                "unit": options.unit,
                "source": about["sources"][0]["id"],
                "valuation": {
                    flow: code
                    for flow, code in (("X", options.exports_at), ("M", options.imports_at))
                    if code
                },
            },
            checks={"rows": staging.rows},
        )
        data["vintage"] = vintage.id
        lines.append(
            shell.words("aggregate-published", dataset=options.dataset, vintage=vintage.id)
        )
    else:
        lines.append(shell.words("aggregate-not-published"))
    shell.answer(data, lines)
    return OK
