"""The number of the month: a figure of the release that an editor puts into a sentence."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from irtysh.registries.records.codes import language_now
from irtysh.registries.records.shelf import releases
from irtysh.vocabulary.errors import IrtyshError, ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_IN_ADDRESS = re.compile(r"/figures/([0-9a-f]{12})/?")


class FigureNotInRelease(IrtyshError):
    """A figure was chosen that the current release does not hold, or that has no value."""


class NumberOfMonth(models.Model):
    """One number for one month, with a sentence in every language."""

    month = models.DateField(
        _("month"), unique=True, help_text=_("Any day of the month: the first one is kept.")
    )
    figure = models.CharField(
        _("figure"),
        max_length=200,
        help_text=_("Address of the figure's page, or the twelve signs of its id."),
    )
    sentence_ru = models.CharField(_("sentence in Russian"), max_length=300)
    sentence_kk = models.CharField(_("sentence in Kazakh"), max_length=300)
    sentence_en = models.CharField(_("sentence in English"), max_length=300)
    changed_at = models.DateTimeField(auto_now=True)

    panels = [
        FieldPanel("month"),
        FieldPanel("figure"),
        MultiFieldPanel(
            [FieldPanel(f"sentence_{language}") for language in LANGUAGES],
            heading=_("Sentence"),
            help_text=_("Plain words for everybody; the number itself is shown beside it."),
        ),
    ]

    class Meta:
        verbose_name = _("number of the month")
        verbose_name_plural = _("numbers of the month")
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.sentence(language_now())}"

    def sentence(self, language: str) -> str:
        """Return the sentence in a language."""
        return str(getattr(self, f"sentence_{language}"))

    def clean(self) -> None:
        """Take the id out of an address; refuse a figure that the release does not hold."""
        super().clean()
        if self.month:
            self.month = self.month.replace(day=1)
        found = _IN_ADDRESS.search(self.figure or "")
        self.figure = found.group(1) if found else (self.figure or "").strip()
        try:
            check_figure(self.figure)
        except IrtyshError as wrong:
            said = explain(wrong, language_now())
            raise ValidationError({"figure": said}) from wrong


def check_figure(figure: str) -> None:
    """Raise FigureNotInRelease unless the current release holds the figure with a value."""
    try:
        found = releases().current().observation(figure)
    except ReleaseNotFound:
        found = None
    if found is None or found.value is None:
        raise FigureNotInRelease(figure=figure)


def numbers_stamp() -> str:
    """Return what changes whenever an editor chooses, changes or takes away a number."""
    known = NumberOfMonth.objects.aggregate(
        newest=models.Max("changed_at"), count=models.Count("pk")
    )
    return f"{known['count']}.{known['newest']}"
