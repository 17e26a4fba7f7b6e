"""A small invented portal: one dataset of figures, one of trade, and a message about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from irtysh.sdmx.artefacts.described import DescribedDataset, Party, Portal
from irtysh.sdmx.structure_messages.head import Head
from irtysh.vocabulary.text import Text

NAMES = Text({"ru": "Пробная граница", "kk": "Сынама шекара", "en": "Test border"})
US = Party("IRTYSH", NAMES)
PUBLISHER = Party("TEST_OFFICE", Text({"ru": "Служба", "kk": "Қызмет", "en": "Office"}))

FIGURES = DescribedDataset(
    "PRINTED",
    "2026-11-22-0123456789",
    "figures",
    Text({"ru": "Напечатанное", "kk": "Басылған", "en": "Printed"}),
    US,
    descriptions=Text({"ru": "Что напечатано", "kk": "Не басылған", "en": "What is printed"}),
    theme="trade",
    licence="CC-BY-4.0",
    sources={"book-1": Text({"ru": "Книга", "kk": "Кітап", "en": "A book <&> more"})},
    values={
        "FREQ": ("A",),
        "REF_AREA": ("RU-OMS",),
        "COUNTERPART_AREA": ("KZ", "W"),
        "TRADE_FLOW": ("T", "X"),
        "CLASSIFICATION": ("HS_SECTION", "_Z"),
        "COMMODITY": ("II", "_T"),
        "MEASURE": ("SHARE", "VALUE"),
        "UNIT_MEASURE": ("PC", "USD"),
        "BASE_PERIOD": ("2020", "2020-01$2F2020-07", "_Z"),
        "SHARE_OF": ("FLOW$3AT", "_Z"),
        "SOURCE": ("book-1",),
    },
    times=("2020", "2021"),
    start=date(2020, 1, 1),
    end=date(2021, 12, 31),
    sent=7,
    unsent=2,
)
TRADE = DescribedDataset(
    "DECLARED",
    "2026-11-21-0123456789",
    "trade",
    Text({"ru": "Заявленное", "kk": "Мәлімделген", "en": "Declared"}),
    PUBLISHER,
    values={
        "FREQ": ("A", "M"),
        "REF_AREA": ("KZ", "RU"),
        "TRADE_FLOW": ("M", "X"),
        "COMMODITY": ("H6_271019", "H6_9999AA", "HS_CHAPTER_27", "_T"),
        "COUNTERPART_AREA": ("RU", "W"),
        "MEASURE": ("VALUE", "WEIGHT"),
    },
    times=("2023", "2023-04"),
    start=date(2023, 1, 1),
    end=date(2023, 12, 31),
    sent=100,
)
EMPTY = DescribedDataset(
    "TIMELESS",
    "2026-11-22-0123456789",
    "figures",
    Text({"ru": "Без периода", "kk": "Кезеңсіз", "en": "Timeless"}),
    US,
    theme="nature",
    values=dict.fromkeys(FIGURES.values, ()),
    unsent=3,
)
PORTAL = Portal(
    NAMES,
    (FIGURES, TRADE, EMPTY),
    {
        "trade": Text({"ru": "Торговля", "kk": "Сауда", "en": "Trade"}),
        "nature": Text({"ru": "Природа", "kk": "Табиғат", "en": "Nature"}),
        "sport": Text({"ru": "Спорт", "kk": "Спорт", "en": "Sport"}),
    },
    (PUBLISHER,),
)
OMSK = timezone(timedelta(hours=6))
HEAD = Head("TEST-1", datetime(2026, 11, 22, 18, 30, tzinfo=OMSK), NAMES, "kk", is_test=True)
UTC_HEAD = Head("TEST-2", datetime(2026, 11, 22, 12, 30, tzinfo=UTC), NAMES, "en")
