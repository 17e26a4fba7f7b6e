"""The registers: one entry a register, one line a column."""

from __future__ import annotations

from irtysh.sources.registers.columns import Column, Kind, Table

ADDRESS, CODE, CODES, DAY = Kind.ADDRESS, Kind.CODE, Kind.CODES, Kind.DAY
DECIMAL, FLAG, INTEGER, LINK = Kind.DECIMAL, Kind.FLAG, Kind.INTEGER, Kind.LINK
PROSE, RECORD, ROWS, STRING = Kind.PROSE, Kind.RECORD, Kind.ROWS, Kind.STRING
STRINGS, TEXT = Kind.STRINGS, Kind.TEXT

_C = Column
_CITED = (
    _C("source", STRING),
    _C("locator", STRING),
)
"""Where it is said: a source of the case and the place in it."""

EVERYWHERE = (
    *_CITED,
    _C("address", ADDRESS),
    _C("accessed_on", DAY),
    _C("stated", TEXT),
    _C("missing", PROSE),
    _C("where_to_look", PROSE),
    _C("links", ROWS, rows=(_C("kind", CODE, codes="link_kinds", is_required=True),
                            _C("to", LINK, is_required=True), _C("note", TEXT))),
    _C("rivals", ROWS, rows=(_C("about", STRING, is_required=True),
                             _C("said", TEXT, is_required=True), *_CITED,
                             _C("address", ADDRESS))),
    _C("inventory", STRINGS),
)  # fmt: skip
"""Last columns of every register.

``stated``: the standing as its source words it. ``missing`` and ``where_to_look``: what a stub
lacks. ``links``: typed ties to any other record. ``rivals``: what other sources say of a field.
"""

_NAMED = (_C("name", TEXT, is_required=True), _C("summary", PROSE))
_THEMES = _C("themes", CODES, codes="themes", is_facet=True)
_SIDE = _C("side", CODE, codes="sides", is_facet=True)
_AREAS = _C("territories", CODES, codes="areas", is_facet=True)
_PRODUCTS = _C("products", ROWS, rows=(
    _C("direction", CODE, codes="product_directions", is_required=True),
    _C("hs", STRING), _C("name", TEXT)))  # fmt: skip
_WHO = (
    _C("organisation", RECORD, register="organisations"),
    _C("name", TEXT),
    _C("side", CODE, codes="sides"),
)
"""An organisation of the register, or its name where it is not in it."""


def _table(
    name: str, *columns: Column, document: str = "", files: tuple[str, ...] = (),
    is_open: bool = False,
) -> Table:  # fmt: skip
    kind = document or name
    own = {column.name for column in columns}
    rest = tuple(column for column in EVERYWHERE if column.name not in own)
    return Table(name, kind, (*columns, *rest), files or (f"{kind}.yaml",), is_open)


_ALL = (
    _table(
        "places",
        _C("kind", CODE, codes="place_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("area", CODE, codes="areas"),
        _SIDE,
        _C("role", CODE, codes="place_roles", is_facet=True),
        _C("outside", FLAG),
        _C("between", CODES, codes="areas"),
        _C("within", RECORD, register="places"),
        _C("lat", DECIMAL, low=-90, high=90),
        _C("lon", DECIMAL, low=-180, high=180),
        _C("coordinates_source", STRING),
        _C("coordinates_precision", CODE, codes="coordinate_precisions"),
        _C("modes", CODES, codes="transport_modes", is_facet=True),
        _C("regime", CODE, codes="crossing_regimes", is_facet=True),
        _C("opposite", TEXT),
        _C("season_from", STRING),
        _C("season_to", STRING),
        _C("geometries", ROWS, rows=(
            _C("valid_from", DAY), _C("valid_to", DAY), _C("geojson", STRING, is_required=True),
            *_CITED)),
        document="territories",
        files=("territories.yaml", "places.yaml"),
        is_open=True,
    ),
    _table(
        "organisations",
        _C("kind", CODE, codes="organisation_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("short_name", TEXT),
        _SIDE,
        _C("country", CODE, codes="areas", is_facet=True),
        _C("place", RECORD, register="places"),
        _C("level", CODE, codes="levels"),
        _C("legal_form", CODE, codes="legal_forms"),
        _C("inn", STRING),
        _C("ogrn", STRING),
        _C("bin", STRING),
        _C("activities", CODES, codes="activities", is_facet=True),
        _PRODUCTS,
        _C("partner_capital", FLAG, is_facet=True),
        _C("languages", STRINGS),
        _C("website", ADDRESS),
        _C("former_names", ROWS, rows=(_C("name", TEXT, is_required=True), _C("until", DAY),
                                       *_CITED)),
        _THEMES,
    ),
    _table(
        "acts",
        _C("kind", CODE, codes="act_kinds", is_required=True, is_facet=True),
        _C("title", TEXT, is_required=True),
        _C("short_title", TEXT),
        _C("summary", PROSE),
        _C("level", CODE, codes="act_levels", is_facet=True),
        _C("number", STRING),
        _C("date", DAY),
        _C("register_number", STRING),
        _C("parties", STRINGS, is_facet=True),
        _C("parties_unchecked", STRINGS),
        _C("issuer", TEXT),
        _C("issuer_stated", FLAG),
        _C("place", TEXT),
        _C("title_translated", STRINGS),
        _C("title_in_prose", TEXT),
        _C("title_in_prose_locator", STRING),
        _C("title_in_footnote", TEXT),
        _C("title_in_footnote_locator", STRING),
        _C("status", CODE, codes="act_statuses", is_required=True),
        _C("status_as_of", DAY),
        _C("status_source", STRING),
        _C("valid_from", DAY),
        _C("valid_to", DAY),
        _C("validity", ROWS, rows=(_C("from", DAY), _C("to", DAY), _C("note", TEXT), *_CITED)),
        _C("relations", ROWS, rows=(
            _C("kind", CODE, codes="act_relations", is_required=True),
            _C("act", RECORD, register="acts", is_required=True),
            _C("from", DAY), *_CITED, _C("note", TEXT))),
        _C("other_addresses", ROWS, rows=(_C("address", ADDRESS, is_required=True),
                                          _C("source", STRING), _C("language", STRING))),
        _C("checks", ROWS, rows=(
            _C("on", DAY, is_required=True), _C("by", STRING), _C("status", CODE,
            codes="act_statuses", is_required=True), _C("address", ADDRESS), _C("note", TEXT))),
        _C("stub", FLAG),
        _THEMES,
    ),
    _table(
        "harmonisation",
        _C("topic", STRING, is_required=True),
        *_NAMED,
        _C("theme", CODE, codes="themes", is_facet=True),
        _C("side", CODE, codes="sides", is_required=True, is_facet=True),
        _C("act", RECORD, register="acts"),
        _C("article", STRING),
        _C("gap", CODE, codes="legal_gaps", is_required=True, is_facet=True),
        _C("explanation", PROSE),
    ),
    _table(
        "programmes",
        _C("kind", CODE, codes="programme_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("acts", ROWS, rows=(_C("act", RECORD, register="acts", is_required=True),
                               _C("note", TEXT))),
        _C("valid_from", DAY),
        _C("valid_to", DAY),
        _C("territories", CODES, codes="areas", is_facet=True),
        _C("owners", ROWS, rows=_WHO),
        _C("version", STRING),
        _C("succeeds", RECORD, register="programmes"),
        _THEMES,
    ),
    _table(
        "objectives",
        _C("programme", RECORD, register="programmes", is_facet=True),
        _C("parent", RECORD, register="objectives"),
        _C("level", CODE, codes="objective_levels", is_required=True, is_facet=True),
        _C("order", INTEGER, low=0, high=9999),
        *_NAMED,
        _THEMES,
        _C("leads_to", ROWS, rows=(_C("to", LINK, is_required=True), _C("assumption", PROSE),
                                   _C("risk", PROSE))),
    ),
    _table(
        "measures",
        _C("programme", RECORD, register="programmes", is_required=True, is_facet=True),
        _C("objective", RECORD, register="objectives"),
        *_NAMED,
        _C("order", INTEGER, low=0, high=9999),
        _C("start", DAY),
        _C("end", DAY),
        _C("report_every", INTEGER, low=1, high=36),
        _C("bodies", ROWS, rows=(*_WHO, _C("role", CODE, codes="body_roles"))),
        _C("budgets", ROWS, rows=(_C("amount", DECIMAL, low=0, is_required=True),
                                  _C("currency", CODE, codes="currencies", is_required=True),
                                  _C("period", STRING), *_CITED)),
        _C("depends_on", ROWS, rows=(_C("measure", RECORD, register="measures", is_required=True),
                                     _C("note", TEXT))),
        _THEMES,
        _C("leads_to", ROWS, rows=(_C("to", LINK, is_required=True), _C("assumption", PROSE),
                                   _C("risk", PROSE))),
    ),
    _table(
        "targets",
        _C("programme", RECORD, register="programmes", is_required=True, is_facet=True),
        _C("objective", RECORD, register="objectives"),
        _C("measure", RECORD, register="measures"),
        _C("level", CODE, codes="target_levels", is_required=True, is_facet=True),
        *_NAMED,
        _C("unit", CODE, codes="target_units"),
        _C("direction", CODE, codes="target_directions", is_required=True),
        _C("baseline", DECIMAL),
        _C("baseline_period", STRING),
        _C("target", DECIMAL),
        _C("target_period", STRING),
        _C("qualifier", CODE, codes="qualifiers"),
        _C("milestones", ROWS, rows=(_C("period", STRING, is_required=True),
                                     _C("value", DECIMAL, is_required=True), *_CITED)),
        _C("facts", ROWS, rows=(_C("period", STRING, is_required=True),
                                _C("value", DECIMAL, is_required=True), *_CITED)),
        _C("set_by", TEXT),
        _C("set_on", DAY),
        _C("indicator", STRING),
    ),
    _table(
        "projects",
        _C("kind", CODE, codes="project_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("stage", CODE, codes="project_stages", is_facet=True),
        _C("start", DAY),
        _C("end", DAY),
        _AREAS,
        _C("place", RECORD, register="places"),
        _C("amounts", ROWS, rows=(
            _C("kind", CODE, codes="amount_kinds"), _C("amount", DECIMAL, low=0, is_required=True),
            _C("currency", CODE, codes="currencies", is_required=True),
            _C("qualifier", CODE, codes="qualifiers"), _C("as_of", DAY), *_CITED)),
        _C("partners", ROWS, rows=(*_WHO, _C("role", CODE, codes="partner_roles"),
                                   _C("amount", DECIMAL, low=0),
                                   _C("currency", CODE, codes="currencies"))),
        _C("joint_development", FLAG),
        _C("joint_implementation", FLAG),
        _C("joint_staffing", FLAG),
        _C("joint_financing", FLAG),
        _THEMES,
    ),
    _table(
        "initiatives",
        _C("kind", CODE, codes="initiative_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("stage", CODE, codes="initiative_stages", is_required=True, is_facet=True),
        _AREAS,
        _C("place", RECORD, register="places"),
        _C("arguments", ROWS, rows=(
            _C("stance", CODE, codes="stances", is_required=True),
            _C("text", PROSE, is_required=True), *_CITED)),
        _C("evidence", ROWS, rows=(
            _C("kind", CODE, codes="evidence_kinds", is_required=True),
            _C("ref", STRING, is_required=True), _C("note", TEXT))),
        _THEMES,
    ),
    _table(
        "series",
        _C("kind", CODE, codes="event_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("is_numbered", FLAG),
        _AREAS,
        _THEMES,
        document="event_series",
    ),
    _table(
        "events",
        _C("kind", CODE, codes="event_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("series", RECORD, register="series", is_facet=True),
        _C("number", INTEGER, low=1, high=999),
        _C("start", DAY),
        _C("end", DAY),
        _C("status", CODE, codes="event_statuses", is_required=True, is_facet=True),
        _C("online", FLAG),
        _C("place", RECORD, register="places"),
        _C("country", CODE, codes="areas", is_facet=True),
        _AREAS,
        _C("participants", ROWS, rows=(*_WHO, _C("role", CODE, codes="participant_roles"))),
        _C("outcomes", ROWS, rows=(_C("kind", CODE, codes="outcome_kinds", is_required=True),
                                   _C("to", LINK), _C("count", INTEGER, low=0), _C("note", TEXT),
                                   *_CITED)),
        _THEMES,
    ),
    _table(
        "obstacles",
        _C("kind", CODE, codes="legal_gaps", is_required=True, is_facet=True),
        *_NAMED,
        _C("status", CODE, codes="obstacle_statuses", is_required=True, is_facet=True),
        _C("theme", CODE, codes="themes", is_facet=True),
        _C("legal_cause", RECORD, register="acts"),
        _C("article", STRING),
        _C("body", RECORD, register="organisations", is_facet=True),
        _SIDE,
        _C("registered_on", DAY),
        _C("due_on", DAY),
        _C("solved_on", DAY),
        _C("answers", ROWS, rows=(
            _C("on", DAY, is_required=True), _C("body", RECORD, register="organisations"),
            _C("text", PROSE, is_required=True))),
        _AREAS,
    ),
    _table(
        "offers",
        _C("kind", CODE, codes="offer_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("organisation", RECORD, register="organisations"),
        _SIDE,
        _C("status", CODE, codes="offer_statuses", is_required=True, is_facet=True),
        _C("published_on", DAY),
        _C("expires_on", DAY),
        _C("activities", CODES, codes="activities", is_facet=True),
        _PRODUCTS,
        _C("terms", PROSE),
        _C("languages", STRINGS),
        _AREAS,
        _THEMES,
    ),
    _table(
        "factors",
        _C("name", TEXT),
        _C("text", PROSE, is_required=True),
        _C("kind", CODE, codes="factor_kinds", is_facet=True),
        _C("sign", STRING, is_facet=True),
        _C("theme", STRING),
        _C("theme_title", TEXT),
        _C("dataset", STRING),
        _C("indicator", TEXT),
        _C("cited", STRINGS),
        is_open=True,
    ),
    _table(
        "glossary",
        _C("term", TEXT, is_required=True),
        _C("definition", PROSE),
        _C("author", TEXT),
        _C("act", RECORD, register="acts"),
        _C("reference", STRING),
        _C("people", STRINGS),
        is_open=True,
    ),
    _table(
        "publications",
        _C("kind", CODE, codes="publication_kinds", is_facet=True),
        _C("title", TEXT),
        _C("summary", PROSE),
        _C("position", PROSE),
        _C("authors", STRINGS),
        _C("year", STRING),
        _C("language", STRING),
        _C("doi", STRING),
        is_open=True,
    ),
    _table(
        "guides",
        _C("kind", CODE, codes="guide_kinds", is_required=True, is_facet=True),
        *_NAMED,
        _C("audience", CODE, codes="audiences", is_facet=True),
        _C("steps", ROWS, rows=(
            _C("title", TEXT, is_required=True), _C("text", PROSE, is_required=True), *_CITED,
            _C("address", ADDRESS), _C("checked_on", DAY))),
        _C("owner", RECORD, register="organisations"),
        _C("checked_on", DAY),
        _C("expires_on", DAY),
        _THEMES,
    ),
)  # fmt: skip

TABLES = {one.name: one for one in _ALL}
"""Register → its table, in the order in which records may point at one another."""


def table(name: str) -> Table:
    """Return a register's table; raises KeyError."""
    return TABLES[name]
