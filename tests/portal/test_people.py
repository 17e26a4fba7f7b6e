"""People's pages, journeys, sections and the number of the month, with the real case."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from irtysh.accounts.models import User
from irtysh.portal.monthly import NumberOfMonth
from irtysh.portal.sections import SECTIONS, navigation
from irtysh.publication import case_of
from irtysh.registries.records.loading import load_registers

_SENTENCES = {"sentence_ru": "Фраза", "sentence_kk": "Сөйлем", "sentence_en": "Sentence"}
LANGUAGES = ("ru", "kk", "en")


@pytest.fixture(scope="module")
def case(portal, django_db_blocker):
    """The registers of the real case, loaded once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_registers(case_of(portal).documents)
        yield portal
        transaction.set_rollback(True)


@pytest.fixture
def reader(case, db):
    return Client()


def a_figure(release):
    return next(one for one in release.observations() if one.value is not None)


class TestBenefits:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_theme_has_a_figure_or_says_what_is_missing(self, reader, case, language):
        index = reader.get(f"/{language}/benefits/").content.decode()
        for benefit in case.document("benefits"):
            path = f"/{language}/benefits/{benefit['id']}/"
            assert path in index
            page = reader.get(path)
            assert page.status_code == 200
            text = page.content.decode()
            shown = re.findall(rf'figure__value"><a href="/{language}/figures/', text)
            assert len(shown) == (1 if benefit.get("figure") else 0), path
            if not benefit.get("figure"):
                assert 'class="missing missing--block"' in text
            for guide in benefit["guides"]:
                assert f"/{language}/guides/{guide}/" in text

    def test_the_figure_is_the_one_asked_for_with_its_rivals(self, reader):
        page = reader.get("/ru/benefits/trade/").content.decode()
        assert "402,1" in page
        assert "#rivals" in page

    def test_no_such_theme(self, reader):
        assert reader.get("/ru/benefits/nothing/").status_code == 404


class TestNumberOfMonth:
    def test_with_none_chosen_the_headline_stands_and_says_so(self, reader):
        page = reader.get("/en/number/").content.decode()
        assert "Nobody has chosen a number" in page
        assert "402.1" in page
        assert "Number of the month ·" not in reader.get("/en/").content.decode()

    def test_an_editor_chooses_by_the_address_of_the_page(self, reader, case):
        figure = a_figure(case)
        before = reader.get("/kk/number/").headers["ETag"]
        chosen = NumberOfMonth(
            month=timezone.localdate(),
            figure=f"http://testserver/ru/figures/{figure.id}/?release=x",
            **_SENTENCES,
        )
        chosen.full_clean()
        chosen.save()
        assert (chosen.figure, chosen.month.day) == (figure.id, 1)
        for path in ("/kk/number/", "/kk/"):
            page = reader.get(path, headers={"If-None-Match": before})
            assert page.status_code == 200
            assert "Сөйлем" in page.content.decode()
            assert f"/kk/figures/{figure.id}/" in page.content.decode()

    @pytest.mark.parametrize("figure", ["", "000000000000", "../../etc", "402,1"])
    def test_a_figure_that_is_not_there_is_refused(self, reader, figure):
        with pytest.raises(ValidationError):
            NumberOfMonth(month=date(2026, 11, 1), figure=figure, **_SENTENCES).full_clean()

    def test_a_later_month_waits_and_a_lost_figure_is_passed_over(self, reader, case):
        figure = a_figure(case).id
        today = timezone.localdate().replace(day=1)
        later = {**_SENTENCES, "sentence_en": "Not yet"}
        lost = {**_SENTENCES, "sentence_en": "Lost"}
        earlier = {**_SENTENCES, "sentence_en": "Standing"}
        NumberOfMonth.objects.create(month=today + timedelta(days=62), figure=figure, **later)
        NumberOfMonth.objects.create(month=today, figure="000000000000", **lost)
        NumberOfMonth.objects.create(month=today - timedelta(days=31), figure=figure, **earlier)
        page = reader.get("/en/number/").content.decode()
        assert "Standing" in page
        assert "Not yet" not in page
        assert "Lost" not in page

    def test_who_may_not_change_pages_may_not_choose(self, reader):
        from wagtail.permissions import policy_registry

        policy = policy_registry.get_by_type(NumberOfMonth)
        member = User.objects.create_user("m", "m@example.org", "x")
        admin = User.objects.create_superuser("a", "a@example.org", "x")
        assert not policy.user_has_permission(member, "add")
        assert policy.user_has_permission(admin, "add")


class TestJourneys:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("journey", ["business", "investors"])
    def test_from_a_question_to_a_contact_in_three_clicks(self, reader, language, journey):
        home = reader.get(f"/{language}/").content.decode()
        assert f'href="/{language}/{journey}/"' in home, "the first click"
        page = reader.get(f"/{language}/{journey}/").content.decode()
        ways = re.findall(r'<section class="question">.*?</section>', page, re.S)
        assert len(ways) >= 4
        links = {
            link.replace("&amp;", "&") for way in ways for link in re.findall('href="([^"]+)"', way)
        }
        for link in links:
            assert reader.get(link, follow=True).status_code == 200, link
        contacts = page[page.index('id="contacts"') :]
        assert 'class="side side--A"' in contacts
        assert 'class="side side--B"' in contacts
        assert f"/{language}/organisations/" in contacts

    def test_counts_are_those_of_the_lists(self, reader):
        page = reader.get("/en/business/").content.decode()
        link, count = re.search(
            r'href="([^"]+kind=goods)">[^<]*</a> <span class="soft">\((\d+)', page
        ).groups()
        listed = reader.get(link).content.decode()
        assert f"{count} records" in listed

    def test_without_a_named_measure_the_gap_is_shown(self, reader):
        page = reader.get("/en/investors/").content.decode()
        assert "Which support is there?" in page


class TestSections:
    def test_at_most_eight_and_every_page_once(self, reader):
        found = navigation("/")
        assert len(found) <= 8
        paths = [entry["path"] for section in found for entry in section["entries"]]
        assert len(paths) == len(set(paths))
        assert all(section["entries"] for section in found)

    def test_a_page_folded_away_is_shown_while_it_is_read(self, reader):
        found = next(one for one in navigation("/en/trade/") if one["id"] == "figures")
        assert "/en/corrections/" in [page["path"] for page in found["aside"]]
        row = reader.get("/en/trade/").content.decode().partition("nav--within")[2]
        shown, _summary, folded = row.partition("</nav>")[0].partition("<details>")
        assert "/en/trade/" in shown
        assert "/en/corrections/" in folded
        row = reader.get("/en/corrections/").content.decode().partition("nav--within")[2]
        shown, _summary, folded = row.partition("</nav>")[0].partition("<details>")
        assert "/en/corrections/" in shown
        assert "/en/corrections/" not in folded

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_leads_to_its_pages(self, reader, language):
        for section in SECTIONS:
            page = reader.get(f"/{language}/{section.id}/")
            assert page.status_code == 200
            assert page.content.decode().count("aria-current") >= 2
        for path in set(re.findall(r'<li><a href="(/[^"]+)"', page.content.decode())):
            assert reader.get(path, follow=True).status_code == 200, path

    @pytest.mark.parametrize(
        ("path", "section"),
        [("/ru/trade/goods/", "figures"), ("/ru/figures/0123456789ab/", "figures"),
         ("/ru/events/x/", "cooperation"), ("/ru/events/calendar/", "cooperation"),
         ("/ru/guides/x/", "people"), ("/ru/law/x/", "rules"), ("/ru/map/", "area"),
         ("/ru/partners/", "partners"), ("/ru/offers/new/", "partners")],
    )  # fmt: skip
    def test_a_page_belongs_to_one(self, reader, path, section):
        from django.utils.translation import override

        with override("ru"):
            here = [one["id"] for one in navigation(path) if one["is_here"]]
        assert here == [section]
