"""Every text the command asks for is in its catalogue, and every text there is asked for."""

from __future__ import annotations

import ast
import re

from irtysh.console.doctor import examine
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.wording import catalogue

_ASKERS = {"words", "tell"}


def _asked() -> tuple[set[str], set[str]]:
    """Return keys asked for by name, and beginnings of keys put together ("state-{…}")."""
    exact, beginnings = set(), set()
    for path in (ROOT / "irtysh" / "console").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                exact.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return exact, beginnings


def _asked_by_name() -> set[str]:
    found = set()
    for path in (ROOT / "irtysh" / "console").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _ASKERS:
                found |= {
                    part.value
                    for argument in node.args
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and not isinstance(argument, (ast.JoinedStr, ast.BinOp))
                }
    return found


def test_every_text_asked_for_exists() -> None:
    assert _asked_by_name() - set(catalogue("console")) == set()


def test_no_text_is_left_over() -> None:
    exact, beginnings = _asked()
    prefixes = tuple(beginning for beginning in beginnings if re.fullmatch(r"[a-z]+-.*", beginning))
    unused = {
        key
        for key in catalogue("console")
        if key not in exact and not key.startswith(prefixes) and not key.startswith("finding-")
    }
    assert unused == set()


def test_every_check_of_the_doctor_has_a_name() -> None:
    for result in examine():
        assert f"check-{result.check}" in catalogue("console")
        assert f"state-{result.state}" in catalogue("console")


def _all_errors(kind: type[IrtyshError]) -> set[type[IrtyshError]]:
    found = set(kind.__subclasses__())
    for child in kind.__subclasses__():
        found |= _all_errors(child)
    return found


def test_every_named_error_has_words() -> None:
    import importlib
    import pkgutil

    import irtysh

    for module in pkgutil.walk_packages(irtysh.__path__, "irtysh."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    named = {error.__name__ for error in _all_errors(IrtyshError) if "test" not in error.__module__}
    assert named - set(catalogue("faults")) == set()
