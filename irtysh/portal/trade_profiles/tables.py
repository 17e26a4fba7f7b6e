"""Tables of a trade profile: periods, partners and products with bars, sections, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.trade_profiles.amounts import Scale, percent, table_scale
from irtysh.portal.trade_profiles.choosing import profile_path
from irtysh.portal.trade_profiles.subject import Subject
from irtysh.publication.profile_parts import Block, Matrix
from irtysh.publication.profiles import FLOWS, PARTNERS
from irtysh.store.dataset import Total
from irtysh.store.questions import Answer
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import explain


def side_words(subject: Subject, flow: str) -> str:
    """Return what a flow is called from the area's point of view."""
    profile = subject.profile
    if profile.side == "ref_area":
        return {"X": _("Exports"), "M": _("Imports")}[flow]
    return {"X": _("Imports, as partners’ exports"), "M": _("Exports, as partners’ imports")}[flow]


def refusals(subject: Subject, *blocks: Block[Any]) -> list[dict[str, Any]]:
    """Return why something is not shown, with the editions to choose from."""
    found = {
        explain(one.refused, subject.language): None for one in blocks if one.refused is not None
    }
    editions = [
        {"code": one, "name": subject.opened.words.label("classification", one)}
        for one in subject.profile.dataset.editions
        if one != "_Z"
    ]
    return [{"said": said, "editions": editions} for said in found]


def line_table(
    subject: Subject, block: Block[Answer], freq: str, scale: Scale
) -> list[dict[str, Any]]:
    """Return a row for each period, the newest first."""
    if block.found is None:
        return []
    known = {(one.codes["flow"], one.codes["period"]): one for one in block.found.figures}
    rows = []
    for code in sorted({period for _flow, period in known}, reverse=True):
        cells = [
            _cell(known.get((flow, code)), scale)
            | {"link": subject.of_sum(flow, freq, [code], block.found.level)}
            for flow in FLOWS
        ]
        both = [known.get((flow, code)) for flow in FLOWS]
        sent, received = (one.value if one else None for one in both)
        balance = sent - received if sent is not None and received is not None else None
        rows.append(
            {
                "code": code,
                "period": subject.period(code),
                "cells": cells,
                "balance": scale.written(balance),
                "balance_link": subject.of_balance(freq, [code], block.found.level),
                "shares": [_share(subject, flow, freq, code, block.found.level) for flow in FLOWS],
            }
        )
    return rows


def _share(subject: Subject, flow: str, freq: str, period: str, level: str) -> dict[str, str]:
    block = subject.profile.shares.get(flow)
    one = (block.found or {}).get(period) if block else None
    text = percent(one.share, subject.language) if one else ""
    return {"text": text, "link": subject.of_share(flow, freq, [period], level) if text else ""}


def _cell(one: Total | None, scale: Scale) -> dict[str, Any]:
    """Return a number, or that there is none: not recorded, or recorded without a value."""
    if one is None:
        return {"text": "", "is_absent": True}
    return {
        "text": scale.written(one.value),
        "is_missing": one.value is None,
        "is_suppressed": one.value is None and one.suppressed > 0,
        "missing": one.missing if one.value is not None else 0,
    }


def rankings(
    subject: Subject, blocks: Mapping[str, Block[Answer]], column: str
) -> list[dict[str, Any]]:
    """Return a table with bars for each flow."""
    return [
        _ranking(subject, flow, block, column)
        for flow, block in blocks.items()
        if block.found is not None or block.refused is not None
    ]


def _ranking(subject: Subject, flow: str, block: Block[Answer], column: str) -> dict[str, Any]:
    answer = block.found
    page: dict[str, Any] = {"flow": side_words(subject, flow), "refused": refusals(subject, block)}
    if answer is None:
        return page
    whole = answer.whole[0].value if answer.whole else None
    shown = answer.figures[:PARTNERS]
    profile = subject.profile
    scale = table_scale(
        subject.opened.words, profile.unit, profile.unit_mult, [one.value for one in shown]
    )
    largest = max((one.value for one in shown if one.value is not None), default=None)
    rows = []
    for one in shown:
        code = one.codes[column]
        name = subject.goods(code) if column == "commodity" else None
        is_area = name is None
        rows.append(
            _cell(one, scale)
            | {
                "code": code,
                "name": name.text if name else subject.area(code),
                "language": name.language if name else "",
                "share": percent(part_of(one.value, whole), subject.language),
                "width": _width(one.value, largest),
                "link": subject.of_chosen(flow, answer.level, column, **{column: code}),
                "path": profile_path(profile.area, code) if is_area else "",
            }
        )
    rest = len(answer.figures) - len(rows)
    return page | {
        "rows": rows,
        "unit": scale.unit,
        "rest": max(rest, 0),
        "whole": scale.written(whole),
        "level": answer.level,
        "all_link": subject.of_chosen(flow, answer.level, column),
    }


def part_of(value: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a share; None where one of both has no value, or the whole is zero."""
    return value / whole if value is not None and whole else None


def _width(value: Decimal | None, largest: Decimal | None) -> float:
    """Return the length of a bar, 0 to 100."""
    if not value or not largest or value < 0:
        return 0.0
    return round(float(value / largest) * 100, 1)


def sections_table(subject: Subject) -> dict[str, Any] | None:
    """Return the composition by section, both flows beside each other."""
    blocks = subject.profile.sections
    found = {flow: block.found or {} for flow, block in blocks.items()}
    refused = refusals(subject, *blocks.values())
    codes = [
        code
        for code in [*codelist("hs_sections"), "_U"]
        if any(code in sections for sections in found.values())
    ]
    if not codes:
        return {"refused": refused, "rows": []} if refused else None
    profile = subject.profile
    values = [answer.figures[0].value for one in found.values() for answer in one.values()]
    scale = table_scale(subject.opened.words, profile.unit, profile.unit_mult, values)
    largest = max((value for value in values if value is not None), default=None)
    rows = []
    for code in codes:
        cells = []
        for flow in FLOWS:
            answer = found.get(flow, {}).get(code)
            one = answer.figures[0] if answer else None
            whole = answer.whole[0].value if answer and answer.whole else None
            link = _section_link(subject, flow, answer.level, code) if answer else ""
            cells.append(
                _cell(one, scale)
                | {
                    "link": link,
                    "share": percent(part_of(one.value if one else None, whole), subject.language),
                    "width": _width(one.value if one else None, largest),
                }
            )
        name = _("In no section") if code == "_U" else codelist("hs_sections").label(
            code, subject.language
        )  # fmt: skip
        rows.append({"code": "" if code == "_U" else code, "name": name, "cells": cells})
    return {"refused": refused, "rows": rows, "unit": scale.unit}


def _section_link(subject: Subject, flow: str, level: str, section: str) -> str:
    """Return the view that a section is summed from: its chapters, or all goods of the level."""
    chapters = [code for code, one in codelist("hs_chapters").items() if one.parent == section]
    if level == "2" and chapters:
        return subject.of_chosen(flow, level, "commodity", commodity=chapters)
    return subject.of_chosen(flow, level, "commodity")


def month_tables(subject: Subject) -> list[dict[str, Any]]:
    """Return the tables of a year by month: products, and partners where none is chosen."""
    profile = subject.profile
    found = []
    kinds = (
        (_("Products by month"), profile.products_by_month, "commodity"),
        (_("Partners by month"), profile.partners_by_month, subject.other),
    )
    for title, blocks, column in kinds:
        for flow, block in blocks.items():
            if block.found is not None and block.found.rows:
                found.append(_matrix(subject, title, flow, block.found, column))
    return found


def _matrix(subject: Subject, title: str, flow: str, matrix: Matrix, column: str) -> dict[str, Any]:
    profile = subject.profile
    values = [one.value for one in matrix.cells.values()]
    scale = table_scale(subject.opened.words, profile.unit, profile.unit_mult, values)
    rows = []
    for code in matrix.rows:
        name = subject.goods(code) if column == "commodity" else None
        rows.append(
            {
                "code": code,
                "name": name.text if name else subject.area(code),
                "language": name.language if name else "",
                "is_goods": name is not None,
                "link": _row_link(subject, flow, matrix, column, code, matrix.months),
                "cells": [
                    _cell(matrix.cells.get((code, month)), scale)
                    | {"link": _row_link(subject, flow, matrix, column, code, (month,))}
                    for month in matrix.months
                ],
            }
        )
    view = subject.view(
        "M", matrix.months, matrix.level,
        (column,) if profile.partner or column == subject.other else (subject.other, column),
        flow=flow,
    )  # fmt: skip
    return {
        "title": title,
        "flow": side_words(subject, flow),
        "year": matrix.months[0][:4],
        "months": [
            {"short": subject.short_month(one), "text": subject.period(one)}
            for one in matrix.months
        ],
        "rows": rows,
        "unit": scale.unit,
        "link": subject.link(view),
    }


def _row_link(
    subject: Subject, flow: str, matrix: Matrix, column: str, code: str, months: Sequence[str]
) -> str:
    """Return the view of a row through some months."""
    rows = (column,) if subject.profile.partner or column == subject.other else (
        subject.other, column,
    )  # fmt: skip
    return subject.link(subject.view("M", months, matrix.level, rows, flow=flow, **{column: code}))
