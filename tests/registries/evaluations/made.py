"""A small case with a claim, published and shown, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.test import override_settings

from irtysh.publication import case_of, publish_case
from irtysh.registries.records.loading import load_registers
from irtysh.store import Release, Releases
from tests.sources.case.small import write_small_case

CLAIM = """\
- id: over-400
  kind: level
  text:
    ru: "Оборот 2021 года превысил 400 млн долларов."
    kk: "2021 жылғы айналым 400 млн доллардан асты."
    en: "The turnover of 2021 exceeded 400 million dollars."
  areas: [RU-OMS, KZ]
  flow: T
  period: "2021"
  operator: gt
  value: "400"
  unit: USD
  unit_mult: 6
  hedge: over
  bindings:
    - {expression: "turnover[2021]", reading: {ru: "оборот", kk: "айналым", en: "turnover"}}
  source: press
  locator: "p. 1"
  inventory: []
"""
PROGRAMME = """\
- id: plan
  kind: roadmap
  name: {ru: "План", kk: "Жоспар", en: "Plan"}
  valid_from: "2024"
  valid_to: "2030"
  source: paper
  locator: L.1
  inventory: []
"""


HEADLINE = """\
headline:
  dataflow: TRADE_PARTNER
  ref_area: RU-OMS
  counterpart_area: KZ
  flow: T
  classification: _Z
  commodity: _T
  measure: VALUE
  unit: USD
"""


def folder_of_a_case(folder: Path) -> Path:
    """Write a small case with a programme and a claim that its figure bears out."""
    write_small_case(folder)
    about = (folder / "case.yaml").read_text(encoding="utf-8").partition("headline:")[0]
    (folder / "case.yaml").write_text(about + HEADLINE, encoding="utf-8")
    (folder / "claims.yaml").write_text(CLAIM, encoding="utf-8")
    (folder / "programmes.yaml").write_text(PROGRAMME, encoding="utf-8")
    return folder


def with_figure(folder: Path, before: str, after: str) -> None:
    """Let the source print another number."""
    table = folder / "observations" / "trade.csv"
    text = table.read_text(encoding="utf-8")
    assert before in text
    table.write_text(text.replace(before, after), encoding="utf-8")


def publish(folder: Path, shelf: Path) -> Release:
    """Publish a case and load its registers, as `irtysh case load` does."""
    release = publish_case(folder, Releases(shelf)).release
    load_registers(case_of(release).documents)
    return release


@contextmanager
def shown(shelf: Path) -> Iterator[None]:
    """Let the portal show the releases of a folder."""
    with override_settings(IRTYSH_RELEASES=shelf):
        yield
