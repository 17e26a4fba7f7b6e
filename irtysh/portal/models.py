"""Pages that editors write: home, texts, news. Everything counted comes from the release."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from irtysh.api.conditional import conditional
from irtysh.portal.blocks import BODY
from irtysh.portal.monthly import numbers_stamp
from irtysh.portal.presenters.home import home_page
from irtysh.portal.reading import reading_of


class LoadedPage(Page):
    """A page whose first text comes from the case folder and then belongs to its editors."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("One or two plain sentences."))
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Hash of the text last loaded: if the page's own differs, an editor changed it."""

    search_fields = [*Page.search_fields, index.SearchField("lead")]
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        abstract = True

    @property
    def alternatives(self) -> list[LoadedPage]:
        """The same page in every language in which it is published, this one included."""
        return list(self.get_translations(inclusive=True).live())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 304 where the reader has this text of this release already."""
        reading = reading_of(request)
        if getattr(request, "is_preview", False) or reading is None:
            return super().serve(request, *args, **kwargs)
        if self.get_view_restrictions():
            response = super().serve(request, *args, **kwargs)
            patch_cache_control(response, private=True)
            return response
        return conditional(
            request,
            reading,
            lambda: super(LoadedPage, self).serve(request, *args, **kwargs),
            self.stamp(),
        )

    @property
    def is_edited(self) -> bool:
        """True if an editor has changed the page since its text was last loaded."""
        return self.content_digest() != self.loaded_digest

    def content(self) -> dict[str, Any]:
        """Return what an editor can change, in the form in which it is stored."""
        return {"title": self.title, "lead": self.lead}

    def content_digest(self) -> str:
        """Return a hash of the content."""
        text = json.dumps(self.content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def stamp(self) -> str:
        """Return what changes whenever an editor changes what this page shows."""
        return f"{self.pk}.{self.latest_revision_id}.{_moment(self)}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the release that the page's numbers and footer speak of."""
        context = super().get_context(request, *args, **kwargs)
        context["reading"] = reading_of(request)
        return context


class HomePage(LoadedPage):
    """The first screen of one language."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["portal.TextPage", "portal.NewsPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def stamp(self) -> str:
        """Return the page's own stamp, that of the news and of the number of the month on it."""
        news = NewsPage.objects.child_of(self).live()
        newest = news.aggregate(newest=models.Max("last_published_at"), count=models.Count("pk"))
        own = f"{super().stamp()}.{newest['count']}.{newest['newest']}"
        return f"{own}.{numbers_stamp()}.{timezone.localdate()}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the release says, and the newest texts."""
        context = super().get_context(request, *args, **kwargs)
        context["home"] = home_page(context["reading"])
        context["news"] = NewsPage.objects.child_of(self).live().order_by("-date", "-pk")[:3]
        return context


class TextPage(LoadedPage):
    """A page of prose: about, method, accessibility."""

    body = StreamField(BODY, blank=True, verbose_name=_("text"))

    search_fields = [*LoadedPage.search_fields, index.SearchField("body")]
    content_panels = [*LoadedPage.content_panels, FieldPanel("body")]
    parent_page_types = ["portal.HomePage", "portal.TextPage"]
    subpage_types = ["portal.TextPage"]

    class Meta:
        verbose_name = _("text page")
        verbose_name_plural = _("text pages")

    def content(self) -> dict[str, Any]:
        """Return title, lead and the blocks without their ids."""
        stored = self.body if isinstance(self.body, str) else self.body.get_prep_value()
        body = self._meta.get_field("body").to_python(stored).get_prep_value()
        blocks = [{"type": block["type"], "value": block["value"]} for block in body]
        return {**super().content(), "body": blocks}

    @property
    def plain_text(self) -> str:
        """The words of the page without their dress, for search."""
        return f"{self.lead} {strip_tags(str(self.body))}"


class NewsPage(LoadedPage):
    """Something new, with its day."""

    date = models.DateField(_("day"))
    body = StreamField(BODY, blank=True, verbose_name=_("text"))

    search_fields = [*LoadedPage.search_fields, index.SearchField("body")]
    content_panels = [*LoadedPage.content_panels, FieldPanel("date"), FieldPanel("body")]
    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")


def _moment(page: Page) -> int:
    return int(page.last_published_at.timestamp()) if page.last_published_at else 0
