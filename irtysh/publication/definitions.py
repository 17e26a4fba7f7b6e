"""The definitions of indicators as a release keeps them: words, formula and code of that day."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from irtysh.indicators.catalogue import Definition, catalogue
from irtysh.vocabulary.places import ROOT


def definitions() -> list[dict[str, Any]]:
    """Return every definition with the text of its function, in the order of the catalogue."""
    return [{**one.to_json(), "code": _code(one)} for one in catalogue().values()]


def _code(one: Definition) -> dict[str, str]:
    function = inspect.unwrap(one.compute)
    path = Path(inspect.getsourcefile(function) or "").resolve()
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return {"path": name, "text": inspect.getsource(function)}
