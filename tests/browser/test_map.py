"""The map in a real browser: by mouse, by keys, without a script, without WebGL, on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from irtysh.config.security import PUBLIC, written
from tests.browser import measures
from tests.browser.conftest import Opener, Served, Watch

_OLKHOVKA = "places/crossing-olkhovka"
_NO_WEBGL = """
    const given = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith("webgl") ? null : given.call(this, kind, ...more);
    };
"""
_COUNT_ASKING = """
    window.asked = 0;
    const given = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
    navigator.geolocation.getCurrentPosition = (...more) => { window.asked += 1; given(...more); };
"""


@pytest.fixture(autouse=True)
def quiet(watch: Watch) -> Iterator[None]:
    """Leave out what the software renderer says when its picture is taken."""
    yield
    watch.problems[:] = [one for one in watch.problems if "GPU stall due to ReadPixels" not in one]


def _ready(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("#map[data-ready=yes]")


def _points(served: Served, language: str = "ru") -> list[dict[str, Any]]:
    with urlopen(f"{served.address}/{language}/map/points.json") as answer:
        return json.load(answer)["features"]


def _listed(page: Page) -> set[str]:
    """Return the records of the list that can be seen and are on the map."""
    return set(page.locator(".map-item[data-on-map]:visible").evaluate_all(
        "items => items.map(item => item.dataset.id)"
    ))  # fmt: skip


def _focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.closest('[data-id]')?.dataset.id || ''"))


# Looking at it


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_accessible_and_in_its_place(
    window: Opener, language: str, width: int, scheme: str
) -> None:
    page = window(width=width, scheme=scheme)
    _ready(page, f"/{language}/map/#{_OLKHOVKA}")
    expect(page.locator(".map-popup")).to_be_visible()
    page.evaluate(measures.OPEN_EVERYTHING)
    problems = [
        *measures.violations(page),
        *page.evaluate(measures.WIDER_THAN_THE_WINDOW),
        *page.evaluate(measures.SMALL_TEXT, [14, 10]),
        *page.evaluate(measures.SMALL_TARGETS, 24),
    ]
    assert problems == []


@pytest.mark.parametrize("path", ["places/crossing-olkhovka/", "places/belukha/", "places/irtysh/"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_the_page_of_a_place(window: Opener, path: str, width: int, scheme: str) -> None:
    page = window(width=width, scheme=scheme)
    page.goto(f"/kk/{path}")
    expect(page.locator(".where__map svg")).to_be_visible()
    found = [
        *measures.violations(page),
        *page.evaluate(measures.WIDER_THAN_THE_WINDOW),
        *page.evaluate(measures.SMALL_TEXT, [14, 10]),
    ]
    assert found == []
    page.locator(".where__more a").click()
    page.wait_for_selector("#map[data-ready=yes]")
    expect(page.locator(".map-popup__title")).to_have_count(1)


def test_a_crossing_at_a_settlement_is_hollow_and_says_so(window: Opener) -> None:
    page = window()
    page.goto(f"/ru/{_OLKHOVKA}/")
    marks = page.locator(".where__map circle[stroke-dasharray]")
    expect(marks).to_have_count(1)
    assert marks.get_attribute("fill") == "none"
    expect(page.locator(".where__map figcaption")).to_contain_text("ближайший населённый пункт")


# List and map in step


def test_what_is_drawn_is_what_is_listed(window: Opener, served: Served) -> None:
    page = window()
    _ready(page, "/ru/map/")
    drawn = {one["properties"]["id"] for one in _points(served)}
    assert len(drawn) > 40
    assert _listed(page) == drawn
    assert page.locator("#map").get_attribute("data-points") == str(len(drawn))
    page.locator("[name=layer][value=towns]").uncheck()
    page.locator("[name=layer][value=events]").uncheck()
    left = {one["properties"]["id"] for one in _points(served)
            if one["properties"]["layer"] not in ("towns", "events")}  # fmt: skip
    assert _listed(page) == left
    assert page.locator("#map").get_attribute("data-points") == str(len(left))
    assert str(len(left)) in page.locator("#map-status").inner_text()
    assert "layer=towns" not in page.url
    assert "layer=crossings" in page.url


def test_an_address_with_filters_shows_the_same_again(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/")
    page.locator("#map-theme").select_option("transport")
    page.locator("[name=layer][value=towns]").uncheck()
    before = _listed(page)
    assert before
    _ready(page, page.url)
    assert _listed(page) == before
    page.locator("[name=layer][value=towns]").check()
    page.wait_for_url(lambda url: "layer=towns" in url or "layer=" not in url)
    page.wait_for_selector("#map[data-ready=yes]")
    assert len(_listed(page)) > len(before)


def test_without_a_script_the_list_is_whole_and_narrows(window: Opener, served: Served) -> None:
    page = window(scripts=False)
    page.goto("/kk/map/")
    assert _listed(page) == {one["properties"]["id"] for one in _points(served)}
    expect(page.locator(".map-still svg").first).to_be_visible()
    expect(page.locator(".map-tools")).to_be_hidden()
    for box in page.locator("[name=layer]").all():
        if box.get_attribute("value") != "crossings":
            box.uncheck()
    page.locator(".map-filters button").click()
    assert page.locator(".map-group").count() == 1
    assert page.locator(".map-item").count() >= 31
    assert "көрсетілген" in page.locator(f"[data-id='{_OLKHOVKA}']").inner_text()


def test_words_narrow_list_and_map_alike(window: Opener) -> None:
    page = window(width=375)
    _ready(page, "/ru/map/?q=Ольховка")
    assert _OLKHOVKA in _listed(page)
    assert page.locator("#map").get_attribute("data-points") == str(len(_listed(page)))
    assert len(_listed(page)) < 10


# By keys


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_journey_by_keys_alone(window: Opener, language: str) -> None:
    page = window()
    _ready(page, f"/{language}/map/?layer=crossings")
    for _step in range(80):
        page.keyboard.press("Tab")
        if _focused(page):
            break
    first = _focused(page)
    assert first
    page.keyboard.press("ArrowDown")
    second = _focused(page)
    assert second not in ("", first)
    page.keyboard.press("ArrowUp")
    assert _focused(page) == first
    page.keyboard.press("End")
    while _focused(page) != _OLKHOVKA:
        before = _focused(page)
        page.keyboard.press("ArrowUp")
        assert _focused(page) != before
    page.keyboard.press("Enter")
    popup = page.locator(".map-popup")
    expect(popup).to_be_visible()
    assert page.evaluate("() => document.activeElement.className") == "map-popup__title"
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    assert _focused(page) == _OLKHOVKA
    page.keyboard.press("Enter")
    expect(popup).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/{_OLKHOVKA}/")


def test_one_stop_of_the_tab_key_for_the_whole_list(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/")
    stops = page.locator(".map-item a[tabindex='0'], .map-item button[tabindex='0']")
    assert set(stops.evaluate_all("all => all.map(x => x.closest('li').dataset.id)"))
    assert stops.count() <= 2


def test_the_map_itself_moves_by_keys_and_is_named(window: Opener) -> None:
    page = window()
    _ready(page, "/en/map/")
    canvas = page.locator("#map canvas")
    assert "Arrow keys" in (canvas.get_attribute("aria-label") or "")
    before = page.locator("#map").screenshot()
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    assert page.locator("#map").screenshot() != before


# By mouse


def test_a_press_on_many_shows_them_or_comes_nearer(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/?layer=organisations")
    item = page.locator(".map-item[data-on-map]").first
    item.locator(".map-show").click()
    expect(page.locator(".map-popup")).to_be_visible()
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.locator(".maplibregl-popup-close-button").click()
    expect(page.locator(".map-popup")).to_have_count(0)
    assert _focused(page) == item.get_attribute("data-id")


def test_a_region_opens_where_it_is_pressed(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/?layer=territories")
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.27)
    expect(page.locator(".map-popup__title")).to_have_text("Омская область")


# Near me


def test_the_position_is_asked_for_only_when_pressed_and_goes_nowhere(
    window: Opener, served: Served
) -> None:
    page = window()
    page.context.grant_permissions(["geolocation"], origin=served.address)
    page.context.set_geolocation({"latitude": 52.28, "longitude": 76.97})
    page.add_init_script(_COUNT_ASKING)
    _ready(page, "/ru/map/")
    assert page.evaluate("() => window.asked") == 0
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#map-near").click()
    expect(page.locator("#map-status")).to_contain_text("отмечено")
    assert page.evaluate("() => window.asked") == 1
    first = page.locator("[data-layer=towns] .map-item").first
    assert first.get_attribute("data-id") == "places/pavlodar"
    expect(first).to_contain_text("0 км от вас")
    omsk = page.locator("[data-id='places/omsk'] .map-item__far").inner_text()
    assert 370 < int("".join(sign for sign in omsk if sign.isdigit())) < 395
    assert sent == []
    assert page.context.cookies() == []
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0


def test_a_refused_position_is_said(window: Opener) -> None:
    page = window(width=375)
    _ready(page, "/kk/map/")
    page.locator("#map-near").click()
    expect(page.locator("#map-status")).to_contain_text("хабарламады")


# What it stands on


def test_the_policy_is_that_of_every_page_and_the_worker_is_ours(window: Opener) -> None:
    page = window()
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    answer = page.goto("/ru/map/")
    assert answer is not None
    page.wait_for_selector("#map[data-ready=yes]")
    assert answer.headers["content-security-policy"] == written(PUBLIC)
    assert len(workers) == 1
    assert "/static/portal/js/map/maplibre-gl-worker" in workers[0]
    for path in ("/ru/", "/ru/territories/", f"/ru/{_OLKHOVKA}/"):
        assert "maplibre" not in page.request.get(path).text()


def test_the_theme_can_change_while_it_is_open(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/")
    light = page.locator("#map").screenshot()
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(800)
    dark = page.locator("#map").screenshot()
    assert light != dark
    page.emulate_media(color_scheme="light")
    page.wait_for_timeout(800)
    assert page.locator("#map").get_attribute("data-points")


def test_where_the_browser_cannot_draw_the_still_map_and_the_list_stay(
    window: Opener, watch: Watch
) -> None:
    page = window()
    page.add_init_script(_NO_WEBGL)
    page.goto("/ru/map/")
    expect(page.locator("#map-status")).to_contain_text("список полон")
    expect(page.locator(".map-still svg").first).to_be_visible()
    assert len(_listed(page)) > 40
    page.locator(".map-item[data-on-map] a").first.focus()
    page.keyboard.press("ArrowDown")
    assert _focused(page)
    watch.problems[:] = [one for one in watch.problems if "WebGL" not in one and "webgl" not in one]


def test_on_paper_the_still_map_and_the_list(window: Opener) -> None:
    page = window()
    _ready(page, "/ru/map/")
    page.emulate_media(media="print")
    expect(page.locator(".map-still svg").first).to_be_visible()
    expect(page.locator("#map canvas")).to_be_hidden()
    expect(page.locator(".map-tools")).to_be_hidden()
    expect(page.locator(".map-item").first).to_be_visible()
