"""Pages of a case are loaded, renewed, and never taken from an editor."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from wagtail.models import Site

from irtysh.portal.actions import load_case_pages
from irtysh.portal.exporting import pages_with_edits, text_as_markdown
from irtysh.portal.models import HomePage, TextPage
from irtysh.sources.case.case import Case

TEXT = {"ru": "Малый", "kk": "Шағын", "en": "Small"}
ABOUT = (
    "# {title}\n\nLead of {title}.\n\n## Part\n\nText.\n\n| a | b |\n|---|---|\n| 1 | <i>2</i> |\n"
)


@pytest.fixture
def case() -> Case:
    return Case(
        about={"id": "small", "title": TEXT, "languages": ["ru", "kk", "en"]},
        rows=(),
        documents={},
        pages={"about": {lang: ABOUT.format(title=title) for lang, title in TEXT.items()}},
    )


def page(language: str) -> TextPage:
    return TextPage.objects.get(slug="about", locale__language_code=language)


def test_trees_of_three_languages_are_translations_of_one_another(db, case):
    assert load_case_pages(case) == {"created": 6, "renewed": 0, "kept": 0}
    assert {home.locale.language_code for home in HomePage.objects.all()} == {"ru", "kk", "en"}
    assert len(page("ru").alternatives) == 3
    assert Site.objects.get(is_default_site=True).root_page.slug == "ru"
    assert page("kk").lead == "Lead of Шағын."
    assert [block.block_type for block in page("en").body] == ["text", "table"]


def test_loading_again_changes_nothing(db, case):
    load_case_pages(case)
    assert load_case_pages(case) == {"created": 0, "renewed": 0, "kept": 0}


def test_a_new_text_is_taken_over(db, case):
    load_case_pages(case)
    newer = replace(case, pages={"about": {**case.pages["about"], "en": "# New\n\nNewer lead."}})
    assert load_case_pages(newer)["renewed"] == 1
    assert page("en").title == "New"
    assert page("ru").title == "Малый"


def test_an_editors_text_is_kept(db, case):
    load_case_pages(case)
    edited = page("ru")
    edited.lead = "Слово редактора."
    edited.save_revision().publish()
    draft = page("kk")
    draft.title = "Жоба"
    draft.save_revision()
    newer = replace(case, pages={"about": dict.fromkeys(TEXT, "# New\n\nNewer lead.")})
    assert load_case_pages(newer) == {"created": 0, "renewed": 1, "kept": 2}
    assert page("ru").lead == "Слово редактора."
    assert page("kk").latest_revision.as_object().title == "Жоба"


def test_a_table_shows_tags_as_text(db, case, client):
    load_case_pages(case)
    html = client.get("/en/about/").content.decode()
    assert "<td>1</td>" in html
    assert "&lt;i&gt;2" in html


def test_untouched_texts_are_exported_to_the_letter(db, case):
    load_case_pages(case)
    assert pages_with_edits(case.pages) == case.pages


def test_an_editors_text_is_exported_and_loads_again_as_it_was(db, case):
    load_case_pages(case)
    edited = page("kk")
    edited.lead = "Редактордың сөзі."
    edited.body = json.dumps(
        [
            {
                "type": "text",
                "value": "<h2>Бөлім</h2><p>Мәтін <b>қою</b>, <a href='https://example.org'>сілтеме</a>."
                "</p><ul><li>бір</li><li>екі</li></ul>",
            },
            {"type": "table", "value": "| a | b |\n|---|---|\n| 1 | 2 |"},
        ]
    )
    edited.save_revision().publish()
    exported = pages_with_edits(case.pages)
    assert exported["about"]["ru"] == case.pages["about"]["ru"]
    text = exported["about"]["kk"]
    assert text.startswith("# Шағын\n\nРедактордың сөзі.\n\n## Бөлім\n")
    assert "**қою**" in text
    assert "[сілтеме](https://example.org)" in text
    assert "| 1 | 2 |" in text

    TextPage.objects.all().delete()
    load_case_pages(replace(case, pages=exported))
    again = page("kk")
    assert again.lead == "Редактордың сөзі."
    assert text_as_markdown(again) == text


def test_a_changed_home_page_is_exported(db, case):
    load_case_pages(case)
    home = HomePage.objects.get(locale__language_code="en")
    home.lead = "Both sides, in the editor's words."
    home.save_revision().publish()
    exported = pages_with_edits(case.pages)
    assert exported["home"] == {"en": "# Small\n\nBoth sides, in the editor's words.\n"}
