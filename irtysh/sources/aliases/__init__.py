"""What publishers call a territory, a product, a unit: one service, one answer in our codes."""

from irtysh.sources.aliases.areas import SCHEMES, AreaMatch, area
from irtysh.sources.aliases.products import ProductMatch, product
from irtysh.sources.aliases.units import UnitMatch, unit

__all__ = ["SCHEMES", "AreaMatch", "ProductMatch", "UnitMatch", "area", "product", "unit"]
