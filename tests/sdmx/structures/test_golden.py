"""Small messages, letter by letter. To write them anew: delete the file and run the test."""

from __future__ import annotations

from pathlib import Path

import pytest

from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.finding import Artefacts, Wanted
from irtysh.sdmx.structure_messages.writing import Form, structure_message
from tests.sdmx.structures.invented import PORTAL, UTC_HEAD
from tests.sdmx.structures.schemas import faults

GOLDEN = Path(__file__).parents[2] / "golden" / "sdmx"
ENDINGS: dict[Form, str] = {"ml21": "xml", "ml30": "xml", "json1": "json", "json2": "json"}
MESSAGES = {
    "flow": (Wanted(("dataflow",), ids=("PRINTED",)), ("parents",)),
    "structure": (Wanted(("datastructure",), ids=("TRADE",)), ("none",)),
    "list": (Wanted(("codelist",), ids=("CL_SHARE_OF", "CL_BASE_PERIOD")), ("none",)),
    "goods": (Wanted(("codelist",), ids=("CL_COMMODITY",)), ("hierarchicalcodelist",)),
}


@pytest.mark.parametrize("form", list(ENDINGS))
@pytest.mark.parametrize("name", list(MESSAGES))
def test_a_message_is_as_it_was(name: str, form: Form) -> None:
    wanted, references = MESSAGES[name]
    found = Artefacts(all_artefacts(PORTAL)).answer(wanted, references)
    message = b"".join(structure_message(found, UTC_HEAD, form))
    assert faults(form, message) == []
    kept = GOLDEN / f"{name}-{form}.{ENDINGS[form]}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(message)
        pytest.fail(f"{kept.name} has been written: look at it, and run again")
    assert message == kept.read_bytes()
