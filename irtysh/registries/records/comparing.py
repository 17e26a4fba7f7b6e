"""How two versions of a record are set side by side: names instead of codes, whole values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.admin import compare

from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.documents import plain_number
from irtysh.registries.records.fields import CodeField, CodesField, LinesField
from irtysh.registries.records.models import Record
from irtysh.vocabulary.numbers import format_number


class _Whole(compare.FieldComparison):
    """A value that makes sense as a whole only."""

    def shown(self, value: Any) -> str:
        """Return the value for a reader; empty where there is none."""
        return str(value)

    def has_changed(self) -> bool:
        return bool(self.val_a != self.val_b)

    def htmldiff(self) -> Any:
        before, after = (
            "" if value in (None, "") else self.shown(value) for value in (self.val_a, self.val_b)
        )
        if not self.has_changed():
            return escape(after)
        changes = [("deletion", before)] if before else []
        changes += [("addition", after)] if after else []
        return compare.TextDiff(changes, separator=" ").to_html()


class CodeComparison(_Whole):
    """A code, by its name."""

    def shown(self, value: Any) -> str:
        return code_name(self.field.codes, value)


class NumberComparison(_Whole):
    """A decimal: 7.50000000 is 7.5."""

    def shown(self, value: Any) -> str:
        return format_number(Decimal(str(plain_number(value))), language_now())

    def has_changed(self) -> bool:
        return not _same_number(self.val_a, self.val_b)


class FlagComparison(_Whole):
    """Yes, no, or not known."""

    def shown(self, value: Any) -> str:
        return _("yes") if value else _("no")


class RecordComparison(compare.ForeignObjectComparison):
    """Another record, by its title; of a chosen record that was deleted since, nothing is left."""

    def htmldiff(self) -> Any:
        return super().htmldiff() if self.val_a or self.val_b else ""


class _Several(compare.M2MFieldComparison):
    def get_items(self) -> tuple[list[Any], list[Any]]:
        return list(self.val_a or ()), list(self.val_b or ())


class CodesComparison(_Several):
    """Several codes, by their names."""

    def get_item_display(self, item: Any) -> str:
        return code_name(self.field.codes, item)


class LinesComparison(_Several):
    """Several short texts."""


def register_comparisons() -> None:
    """Tell Wagtail how our fields are compared."""
    for field, comparison in (
        (CodeField, CodeComparison),
        (CodesField, CodesComparison),
        (LinesField, LinesComparison),
        (models.DecimalField, NumberComparison),
        (models.IntegerField, _Whole),
        (models.BooleanField, FlagComparison),
    ):
        compare.register_comparison_class(field, comparison_class=comparison)
    compare.register_comparison_class(
        models.ForeignKey, to=Record, comparison_class=RecordComparison
    )


def _same_number(before: Any, after: Any) -> bool:
    if before is None or after is None:
        return before is after
    return Decimal(str(before)) == Decimal(str(after))
