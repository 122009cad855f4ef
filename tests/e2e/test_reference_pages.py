"""The reference of the API, as people and browsers find it at the deployed product."""

from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.pages import overflows, shoot


@pytest.fixture
def asked(page):
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    return urls


@pytest.fixture
def complaints(page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_the_reference_loads_alone_and_without_complaint(run, page, asked, complaints):
    page.goto(f"{run.url}/v1/docs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Using the API")
    assert [url for url in asked if not url.startswith("data:")] == [f"{run.url}/v1/docs"]
    assert complaints == []


def test_its_headings_are_in_order_and_its_regions_named(run, page):
    page.goto(f"{run.url}/v1/docs")
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
    assert page.locator("article:not([aria-labelledby])").count() == 0


def test_an_operation_is_found_by_keyboard(run, page):
    page.goto(f"{run.url}/v1/docs")
    link = page.get_by_role("link", name="Announce a file", exact=True)
    for _ in range(150):
        page.keyboard.press("Tab")
        if link.evaluate("each => each === document.activeElement"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Announce a file", exact=True)).to_be_in_viewport()
    shoot(page, "operation")


def test_the_first_tab_skips_to_the_content(run, page):
    page.goto(f"{run.url}/v1/docs")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()


def test_each_link_within_leads_somewhere(run, page):
    page.goto(f"{run.url}/v1/docs")
    lost = page.locator("a[href^='#']").evaluate_all(
        "all => all.map(e => e.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    double = page.locator("[id]").evaluate_all(
        "all => all.map(e => e.id).filter((id, at, ids) => ids.indexOf(id) !== at)"
    )
    assert (lost, double) == ([], [])
    page.get_by_role("link", name="OpenAPI document").click()
    assert page.url == f"{run.url}/v1/openapi.json"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["v1/docs", "problems/missing_variable"])
def test_pages_fit_the_screen(run, page, path, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{run.url}/{path}")
    assert not overflows(page)
    shoot(page, f"{path.replace('/', '-')}-{width}-{scheme}")


def test_the_page_of_a_problem_says_what_to_do_and_leads_back(run, page, complaints):
    page.goto(f"{run.url}/problems/sender_not_allowed")
    expect(page.get_by_role("heading", level=1)).to_have_text("The sender is not one of yours")
    expect(page.get_by_role("heading", name="What to do")).to_be_visible()
    expect(page.get_by_text("POST /v1/messages", exact=True)).to_be_visible()
    page.get_by_role("link", name="The reference of the API").click()
    assert page.url == f"{run.url}/v1/docs"
    assert complaints == []


def test_every_problem_that_is_documented_has_its_page(run):
    with httpx.Client(timeout=30) as client:
        codes = client.get(f"{run.url}/v1/openapi.json").json()["x-problems"]
        pages = {code: client.get(f"{run.url}/problems/{code}") for code in codes}
        unknown = client.get(f"{run.url}/problems/nonsense")
    assert {code for code, page in pages.items() if page.status_code != 200} == set()
    assert all(code in page.text for code, page in pages.items())
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_route")
