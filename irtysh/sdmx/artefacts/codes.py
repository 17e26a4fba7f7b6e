"""Code lists: those of our definitions, and those that the data themselves make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from irtysh.sdmx import times
from irtysh.sdmx.artefacts.described import DescribedDataset
from irtysh.sdmx.artefacts.model import Item, Ref, Scheme
from irtysh.sdmx.identifiers import EMPTY, own_code, sdmx_id
from irtysh.sdmx.structure import Component, DataStructure
from irtysh.vocabulary.classifications import EDITIONS, Classification, classification
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import period_in_words, say

LIST_IDS: Mapping[str, str] = {
    "frequencies": "CL_FREQ",
    "areas": "CL_AREA",
    "flows": "CL_TRADE_FLOW",
    "measures": "CL_MEASURE",
    "units": "CL_UNIT_MEASURE",
    "unit_multipliers": "CL_UNIT_MULT",
    "obs_statuses": "CL_OBS_STATUS",
    "statuses": "CL_STATUS",
    "valuations": "CL_VALUATION",
    "classifications": "CL_CLASSIFICATION",
    "period_kinds": "CL_PERIOD_KIND",
    "qualifiers": "CL_QUALIFIER",
    "source": "CL_SOURCE",
    "share_of": "CL_SHARE_OF",
    "base_period": "CL_BASE_PERIOD",
}
"""Name of a list in a Component → id of its code list; goods differ by structure."""

_OF_GOODS = {"TRADE": "CL_COMMODITY", "FIGURES": "CL_COMMODITY_NAMED"}
_NAMED_LISTS = ("hs_sections", "hs_chapters", "commodities")
_WHOLE_OF = {
    "FLOW": ("TRADE_FLOW", "flows"),
    "COMMODITY": ("COMMODITY", "goods"),
    "COUNTERPART": ("COUNTERPART_AREA", "areas"),
    "REF_AREA": ("REF_AREA", "areas"),
}
"""First half of SHARE_OF → concept and list of its second half."""


def list_ref(structure: DataStructure, component: Component) -> Ref | None:
    """Return the code list of a component; None for free text."""
    if not component.codelist:
        return None
    if component.codelist == "commodity":
        return Ref("codelist", _OF_GOODS[structure.id])
    return Ref("codelist", LIST_IDS[component.codelist])


def same(text: str) -> Text:
    """Return a text that reads alike in every language."""
    return Text(dict.fromkeys(LANGUAGES, text))


def words(key: str, **blanks: str) -> Text:
    """Return a sentence of definitions/messages/sdmx.yaml in every language."""
    return Text({language: say("sdmx", key, language, **blanks) for language in LANGUAGES})


def static_list(name: str) -> Scheme:
    """Return a list of definitions/codelists as a code list."""
    listed = codelist(name)
    known = {sdmx_id(code) for code in listed}
    items = tuple(
        Item(sdmx_id(code), complete(entry.name, code), _parent(entry.parent, code, known))
        for code, entry in listed.items()
    )
    return _scheme(LIST_IDS[name], items)


def source_list(datasets: Iterable[DescribedDataset]) -> Scheme:
    """Return the sources of all datasets."""
    titles = {code: text for dataset in datasets for code, text in dataset.sources.items()}
    items = (Item(sdmx_id(code), complete(titles[code], code)) for code in sorted(titles))
    return _scheme(LIST_IDS["source"], _with_empty(items))


def share_list(datasets: Iterable[DescribedDataset]) -> Scheme:
    """Return the wholes that shares are shares of."""
    used = sorted({one for dataset in datasets for one in dataset.values.get("SHARE_OF", ())})
    items = (Item(one, whole_name(own_code(one))) for one in used if one not in (EMPTY, "_U"))
    return _scheme(LIST_IDS["share_of"], _with_empty(items))


def base_period_list(datasets: Iterable[DescribedDataset]) -> Scheme:
    """Return the periods that growth is measured from."""
    used = sorted({one for dataset in datasets for one in dataset.values.get("BASE_PERIOD", ())})
    items = (Item(one, period_name(own_code(one))) for one in used if one not in (EMPTY, "_U"))
    return _scheme(LIST_IDS["base_period"], _with_empty(items))


def named_goods(datasets: Iterable[DescribedDataset]) -> Scheme:
    """Return the goods of FIGURES: sections and chapters of the HS and groups that sources name.

    Other codes that occur keep themselves as names: their classification is a dimension beside.
    """
    items: dict[str, Item] = {}
    for name in _NAMED_LISTS:
        for code, entry in codelist(name).items():
            parent = sdmx_id(entry.parent) if entry.parent and entry.parent != code else ""
            named = Item(sdmx_id(code), complete(entry.name, code), parent)
            items.setdefault(named.id, named)
    for dataset in datasets:
        if dataset.structure == "figures":
            for one in dataset.values.get("COMMODITY", ()):
                items.setdefault(one, Item(one, same(own_code(one))))
    closed = (_with_known_parent(item, items) for item in items.values())
    return _scheme(_OF_GOODS["FIGURES"], _with_empty(closed))


def declared_goods(datasets: Iterable[DescribedDataset]) -> Scheme:
    """Return the goods of TRADE: every code that occurs with its edition, and what it is part of.

    A code that its edition does not have keeps itself as its name: the data are not thrown away.
    """
    items: dict[str, Item] = {"_T": Item("_T", complete(codelist("hs_sections")["_T"].name, "_T"))}
    for dataset in datasets:
        if dataset.structure == "trade":
            for identifier in dataset.values.get("COMMODITY", ()):
                while identifier not in items:
                    items[identifier] = goods(identifier)
                    identifier = items[identifier].parent
    ordered = sorted(items.values(), key=lambda item: (item.id != "_T", item.id))
    return _scheme(_OF_GOODS["TRADE"], tuple(_with_known_parent(one, items) for one in ordered))


def complete(texts: Mapping[str, str], code: str) -> Text:
    """Return a text without blank languages; the code itself where nothing is left."""
    known = {language: texts[language] for language in LANGUAGES if texts.get(language)}
    return Text(known) if known else same(code)


def _named(listed: Classification, code: str) -> Text:
    """Return the name of goods in the languages that it really has: a message can say which."""
    told = {language: listed.named(code, language) for language in LANGUAGES}
    return complete(
        {language: one.text for language, one in told.items() if one.language == language}
        or {one.language: one.text for one in told.values()},
        code,
    )


def goods(identifier: str) -> Item:
    """Return the goods of TRADE by their id ("H6_2710"), with what they are part of."""
    edition, code = edition_and_code(identifier)
    names, parent = same(code), "_T"
    if edition in EDITIONS:
        listed = classification(edition)
        if code in listed:
            names = _named(listed, code)
        above = listed.parent(code) if code in listed else _shorter(code, listed)
        parent = "_T" if above in ("", "_T") else sdmx_id(f"{edition}_{above}")
    return Item(identifier, names, parent)


def edition_and_code(identifier: str) -> tuple[str, str]:
    """Return edition and code of goods of TRADE: "H6" and "2710" of "H6_2710".

    Names of classifications may hold "_" themselves ("HS_CHAPTER"), so known ones go first.
    """
    text = own_code(identifier)
    for known in sorted(codelist("classifications"), key=len, reverse=True):
        if text.startswith(f"{known}_"):
            return known, text.removeprefix(f"{known}_")
    edition, _, code = text.partition("_")
    return edition, code


def _shorter(code: str, listed: Mapping[str, object]) -> str:
    """Return the longest head of a code that the edition knows: a national code's HS6."""
    heads = (code[:length] for length in range(len(code) - 1, 1, -1))
    return next((head for head in heads if head in listed), "")


def whole_name(code: str) -> Text:
    """Return the name of what a share is a share of: "FLOW:T", "COMMODITY:_T"."""
    part, _, of = code.partition(":")
    concept, name = _WHOLE_OF.get(part, ("", ""))
    if not concept:
        return same(code)
    concepts = codelist("concepts")
    lists = [codelist(one) for one in (_NAMED_LISTS if name == "goods" else (name,))]
    entry = next((listed[of] for listed in lists if of in listed), None)
    return Text(
        {
            language: f"{concepts.label(concept, language)}: "
            f"{(entry.name.get(language) or of) if entry else of}"
            for language in LANGUAGES
        }
    )


def period_name(code: str) -> Text:
    """Return the name of a base period by its code; the code itself where it has no such form."""
    try:
        period = times.read(code, "")
    except IrtyshError:
        return same(code)
    return Text({language: period_in_words(period, language) for language in LANGUAGES})


def _parent(parent: str, code: str, known: set[str]) -> str:
    found = sdmx_id(parent) if parent and parent != code else ""
    return found if found in known else ""


def _with_known_parent(item: Item, items: Mapping[str, Item]) -> Item:
    return item if not item.parent or item.parent in items else Item(item.id, item.names)


def _with_empty(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items with the two codes that stand for no code, at the end."""
    listed = {item.id: item for item in items}
    flows = codelist("flows")
    for code in ("_U", EMPTY):
        listed.setdefault(code, Item(code, complete(flows[code].name, code)))
    return tuple(listed.values())


def _scheme(scheme_id: str, items: tuple[Item, ...]) -> Scheme:
    return Scheme(
        kind="codelist", id=scheme_id, names=words(scheme_id), items=tuple(_downward(items))
    )


def _downward(items: tuple[Item, ...]) -> Iterator[Item]:
    """Yield items in their order, each after the one it is part of: sdmx1 needs it so."""
    waiting = {item.id: item for item in items}
    for item in items:
        chain = []
        one: Item | None = item
        while one is not None and one.id in waiting:
            chain.append(waiting.pop(one.id))
            one = waiting.get(one.parent)
        yield from reversed(chain)
