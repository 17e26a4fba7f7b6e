"""A small valid case written to a folder, for tests to break."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "case.yaml": """\
id: small
format: 1
title: {ru: "Малый", kk: "Шағын", en: "Small"}
sentence: {ru: "Торгуют.", kk: "Саудаласады.", en: "They trade."}
languages: [ru, kk, en]
sides:
  - {id: A, area: RU-OMS}
  - {id: B, area: KZ}
perimeter: [KZ-55]
headline: {dataflow: TRADE_PARTNER, flow: T, measure: VALUE}
""",
    "sources.yaml": """\
- id: paper
  kind: article
  title: {ru: "Статья", kk: "Мақала", en: "Paper"}
  address: https://example.org/paper
  accessed_on: 2024-01-10
- id: press
  kind: press
  title: {ru: "Газета", kk: "Газет", en: "Newspaper"}
  cites: [paper]
""",
    "notes.yaml": """\
def-turnover: {ru: "Экспорт и импорт.", kk: "Экспорт пен импорт.", en: "Exports and imports."}
""",
    "datasets.yaml": """\
- id: TRADE_PARTNER
  title: {ru: "Торговля", kk: "Сауда", en: "Trade"}
  description: {ru: "По партнёрам.", kk: "Серіктестер бойынша.", en: "By partner."}
  order: 1
""",
    "preferences.yaml": """\
named:
  - cell: {dataflow: TRADE_PARTNER, period: "2021", flow: T}
    prefer: paper
    reason: {ru: "Точнее.", kk: "Дәлірек.", en: "More exact."}
""",
    "acts.yaml": """\
- id: law-1
  kind: law
  title: {ru: "Закон", kk: "Заң", en: "Law"}
  status: unchecked
  valid_from: 2017-01-01
  valid_to: 2023-12-31
  source: paper
  locator: L.3
  inventory: [2]
- id: law-2
  kind: law
  title: {ru: "Закон второй", kk: "Екінші заң", en: "Second law"}
  status: repealed
  relations: [{kind: replaced_by, act: law-1, source: paper}]
  source: paper
  locator: L.4
  inventory: [2]
""",
    "territories.yaml": """\
- id: omsk
  kind: city
  name: {ru: "Омск", kk: "Омбы", en: "Omsk"}
  lat: 54.99
  lon: 73.37
  source: paper
  locator: L.1
  inventory: [1]
""",
    "inventory.csv": """\
number,part,title_ru,title_kk,title_en,home,files,status,waits_for
1,H,Оборот,Айналым,Turnover,Observation,observations/trade.csv;territories.yaml#omsk,shown,
2,C,Закон,Заң,Law,LegalAct,acts.yaml#law-1,shown,
""",
    "observations/trade.csv": """\
dataflow,freq,ref_area,counterpart_area,flow,classification,commodity,measure,period_kind,period,base_period_kind,base_period,share_of,qualifier,printed,unit,unit_mult,valuation,status,definition,source,locator,retrieved_on,notes,inventory
TRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,EQ,"402,1",USD,6,_U,OBSERVED,def-turnover,paper,L.257,2024-01-10,,1
TRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2021,,,,GT,380,USD,6,_U,OBSERVED,def-turnover,press,text,2024-01-10,,1
TRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,GROWTH,A,2016,A,2015,,EQ,-34,PC,0,_U,OBSERVED,,paper,L.277,,def-turnover,1
TRADE_PARTNER,A,RU-OMS,KZ,X,_Z,_T,SHARE,A,2016,,,FLOW:T,EQ,"62,2",PC,0,_U,OBSERVED,,paper,L.279,,,1
TRADE_PARTNER,A,RU-OMS,KZ,T,_Z,_T,VALUE,A,2018,,,,EQ,,USD,6,_U,MISSING,,paper,fig. 3,,,1
""",
    "pages/about.ru.md": "# О проекте\n\nТекст.\n",
    "pages/about.kk.md": "# Жоба туралы\n\nМәтін.\n",
    "pages/about.en.md": "# About\n\nText.\n",
}


def write_small_case(folder: Path) -> Path:
    """Write the case and return its folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
