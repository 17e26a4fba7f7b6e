"""Search finds words in their other forms, and does nothing else with what it is given."""

from __future__ import annotations

import pytest

from irtysh.portal.reading import Reading
from irtysh.portal.search import search


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("ru", "приграничным сотрудничеством", "Термин"),
        ("kk", "ынтымақтастығының", "Құқықтық акт"),
        ("en", "bordering regions", "Term"),
        ("ru", "402", "figure"),
    ],
)
def test_other_forms_are_found(portal, release, language, question, kind):
    found = search(Reading(release, language), question)
    assert kind in {one["kind"] for one in found}


def test_all_words_are_needed(portal, release):
    reading = Reading(release, "en")
    assert search(reading, "turnover") != []
    assert search(reading, "turnover zzzz") == []
    assert search(reading, "   ,.!  ") == []


def test_a_question_is_shown_as_text(reader):
    html = reader.get("/en/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
