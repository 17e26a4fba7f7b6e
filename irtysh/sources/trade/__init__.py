"""Publishers of trade: one module each, from the form in which they give data to our flows."""

from irtysh.sources.intake.layout import Layout
from irtysh.sources.trade.armenia import Armenia
from irtysh.sources.trade.baci import Baci
from irtysh.sources.trade.comtrade import ComtradeApi, ComtradeBulk, ComtradeLegacy
from irtysh.sources.trade.customs_ru import CustomsRussia
from irtysh.sources.trade.exports import (
    GlobeExports,
    GlobePartners,
    OpenTradeStatistics,
    SitcExports,
)
from irtysh.sources.trade.icio import Icio, IcioBlocks
from irtysh.sources.trade.imf import ImtsLong, ImtsWide
from irtysh.sources.trade.wits import WitsBulk, WitsPanel
from irtysh.sources.trade.world_bank import WorldBankAnswer, WorldBankTable

LAYOUTS: tuple[Layout, ...] = (
    ComtradeLegacy(),
    ComtradeBulk(),
    ComtradeApi(),
    Baci(),
    WitsBulk(),
    WitsPanel(),
    CustomsRussia(),
    ImtsWide(),
    ImtsLong(),
    Icio(),
    IcioBlocks(),
    OpenTradeStatistics(),
    GlobeExports(),
    GlobePartners(),
    SitcExports(),
    Armenia(),
    WorldBankAnswer(),
    WorldBankTable(),
)
