"""Words of the import assistant: definitions/messages/intake.yaml, read in one language."""

from __future__ import annotations

from irtysh.sources.intake.layout import Reason
from irtysh.sources.intake.roles import ROLES
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import catalogue, say

_CATALOGUE = "intake"
LISTS = {
    "unit": "units", "valuation": "valuations", "flow": "flows", "measure": "measures",
    "classification": "classifications", "ref_area": "areas", "counterpart_area": "areas",
    "status": "statuses", "freq": "frequencies",
}  # fmt: skip
"""Setting → the code list whose names its values have."""


def has_words(key: str) -> bool:
    """Return True if the catalogue has a key."""
    return key in catalogue(_CATALOGUE)


def layout_name(layout: str, language: str) -> str:
    """Return what people call a layout."""
    return _said(f"layout-{layout}", language, layout)


def publisher_name(publisher: str, language: str) -> str:
    """Return the name of a publisher; what a person typed stays as it is."""
    return _said(f"publisher-{publisher}", language, publisher)


def setting_name(setting: str, language: str) -> str:
    """Return the label of a setting."""
    return _said(f"setting-{setting}", language, setting)


def option_name(setting: str, value: str, language: str) -> str:
    """Return what a value of a setting is called."""
    key = f"option-{setting}-{value}"
    if has_words(key):
        return say(_CATALOGUE, key, language)
    if setting in LISTS and value in codelist(LISTS[setting]):
        return f"{codelist(LISTS[setting]).label(value, language)} ({value})"
    return value


def role_name(role: str, language: str) -> str:
    """Return what a role of a column is called; "" is left out."""
    return say(_CATALOGUE, f"role-{role or 'none'}", language)


def reason_words(reason: Reason, language: str) -> str:
    """Return why something was detected."""
    params = dict(reason.params)
    if params.get("role") in ROLES:
        params["role"] = role_name(params["role"], language)
    return say(_CATALOGUE, f"reason-{reason.code}", language, **params)


def left_out_words(code: str, language: str) -> str:
    """Return which rows were left out on purpose."""
    return _said(f"left-out-{code}", language, code)


def codelist_name(name: str, language: str) -> str:
    """Return what a list of codes is called: a classification, or what its codes stand for."""
    if name in codelist("classifications"):
        return codelist("classifications").label(name, language)
    return _said(f"codelist-{name}", language, name)


def _said(key: str, language: str, otherwise: str) -> str:
    return say(_CATALOGUE, key, language) if has_words(key) else otherwise
