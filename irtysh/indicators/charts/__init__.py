"""Charts: one Vega-Lite specification a figure, drawn once per release for page, print and PNG."""

from irtysh.indicators.charts.bars import bars_chart
from irtysh.indicators.charts.change import change_chart
from irtysh.indicators.charts.composition import composition_chart
from irtysh.indicators.charts.contribution import contribution_chart
from irtysh.indicators.charts.drawing import download_svg, page_svg, pixels, render_png, render_svg
from irtysh.indicators.charts.marks import Caption, Chart, Mark, Table
from irtysh.indicators.charts.regions import Coverage, region_exports_chart
from irtysh.indicators.charts.series import series_chart
from irtysh.indicators.charts.sparkline import sparkline

__all__ = [
    "Caption",
    "Chart",
    "Coverage",
    "Mark",
    "Table",
    "bars_chart",
    "change_chart",
    "composition_chart",
    "contribution_chart",
    "download_svg",
    "page_svg",
    "pixels",
    "region_exports_chart",
    "render_png",
    "render_svg",
    "series_chart",
    "sparkline",
]
