"""Views: each reads its address, asks one presenter once, and renders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from irtysh.api.formats import as_csv
from irtysh.portal.developers import catalogue_json_ld, dataset_json_ld
from irtysh.portal.models import TextPage
from irtysh.portal.presenters import charts, datasets, releases
from irtysh.portal.presenters import figures as figure_pages
from irtysh.portal.presenters import findings as finding_pages
from irtysh.portal.presenters import indicators as indicator_pages
from irtysh.portal.presenters import sources as source_pages
from irtysh.portal.presenters import trade as trade_pages
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers import claims, library
from irtysh.portal.registers.views import registers_stamp
from irtysh.portal.search import search
from irtysh.registries.records.listing import stamp

Presenter = Callable[[Reading], dict[str, Any]]


def _page(
    presenter: Presenter, template: str, stamp: Callable[[], str] = str
) -> Callable[..., HttpResponse]:
    """Return the view of a page that has nothing in its address."""

    def view(request: HttpRequest, reading: Reading) -> HttpResponse:
        return _shown(request, reading, template, presenter(reading))

    return reads(view, stamp=stamp)


def _shown(
    request: HttpRequest, reading: Reading, template: str, page: dict[str, Any] | None
) -> HttpResponse:
    if page is None:
        raise Http404
    return render(request, f"portal/{template}.html", {"reading": reading, "page": page})


trade = _page(trade_pages.overview_page, "trade")
turnover = _page(trade_pages.turnover_page, "turnover")
partners = _page(trade_pages.partners_page, "partners")
goods = _page(trade_pages.goods_page, "goods")
indicators = _page(indicator_pages.indicators_page, "indicators")
sources = _page(source_pages.sources_page, "sources")
findings = _page(finding_pages.findings_page, "findings")
territories = _page(library.territories_page, "territories", registers_stamp)
glossary = _page(library.glossary_page, "glossary", registers_stamp)
factors = _page(library.factors_page, "factors", registers_stamp)
research = _page(library.research_page, "research", registers_stamp)


@reads
def release_list(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the log of releases."""
    page = {"releases": releases.release_log(reading)}
    return _shown(request, reading, "releases", page)


def figure(request: HttpRequest, reading: Reading, figure_id: str) -> HttpResponse:
    """Show one figure at its lasting address."""
    observation = reading.release.observation(figure_id)
    if observation is None:
        raise Http404
    page = figure_pages.figure_page(reading, observation)
    page["findings"] = finding_pages.about_figure(reading, figure_id)
    page["claims"] = claims.claims_on([figure_id], reading)
    return _shown(request, reading, "figure", page)


figure = reads(figure, stamp=registers_stamp)


@reads
def indicator(request: HttpRequest, reading: Reading, indicator_id: str) -> HttpResponse:
    """Show one indicator."""
    page = indicator_pages.indicator_page(reading, indicator_id)
    return _shown(request, reading, "indicator", page)


def source(request: HttpRequest, reading: Reading, source_id: str) -> HttpResponse:
    """Show one source."""
    page = source_pages.source_page(reading, source_id)
    if page is not None:
        page["claims"] = claims.count_of(source_id)
    return _shown(request, reading, "source", page)


source = reads(source, stamp=registers_stamp)


def finding(request: HttpRequest, reading: Reading, finding_id: str) -> HttpResponse:
    """Show one thing that does not add up."""
    page = finding_pages.finding_page(reading, finding_id)
    if page is not None:
        page["claims"] = claims.claims_on([one["id"] for one in page["figures"]], reading)
    return _shown(request, reading, "finding", page)


finding = reads(finding, stamp=registers_stamp)


@reads
def data(request: HttpRequest, reading: Reading) -> HttpResponse:
    """List the data sets."""
    page = datasets.data_page(reading) | {"json_ld": catalogue_json_ld(request, reading)}
    return _shown(request, reading, "data", page)


@reads
def dataset(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Show one data set, filtered as the query asks."""
    asked = datasets.Asked.from_query(request.GET)
    known = datasets.dataset_of(reading, dataset_id)
    if known is None:
        raise Http404
    page = datasets.dataset_page(reading, known, asked)
    page["json_ld"] = dataset_json_ld(request, reading, dataset_id)
    return _shown(request, reading, "dataset", page)


@reads
def chart(request: HttpRequest, reading: Reading, chart_id: str) -> HttpResponse:
    """Show one chart at its lasting address."""
    found = charts.chart_of(reading, chart_id)
    return _shown(request, reading, "chart", {"chart": found} if found else None)


@reads
def chart_figures(request: HttpRequest, reading: Reading, chart_id: str) -> HttpResponse:
    """Send the figures of a chart as they stand in its table."""
    table = charts.table_of(reading, chart_id)
    if not table:
        raise Http404
    content = b"".join(as_csv(table["header"], table["rows"]))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"irtysh_{chart_id}_{reading.language}_{reading.release.id}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _texts_stamp() -> str:
    newest = TextPage.objects.live().aggregate(newest=Max("last_published_at"), count=Count("pk"))
    return f"{newest['count']}.{newest['newest']}.{stamp()}"


def find(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show what holds the words asked for."""
    question = request.GET.get("q", "").strip()
    pages = TextPage.objects.live().filter(locale__language_code=reading.language)
    texts = [{"url": one.url, "title": one.title, "text": one.plain_text} for one in pages]
    found = search(reading, question, texts)
    return _shown(request, reading, "search", {"question": question, "found": found})


find = reads(find, stamp=_texts_stamp)
