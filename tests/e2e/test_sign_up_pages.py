"""Signing up in a browser: by our page and by somebody else's, confirmed by email and by text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.deployed import eventually, outbox
from tests.e2e.test_people_pages import LANGUAGES, SLOW, api, check

if TYPE_CHECKING:
    from infra.local.running import LocalRun

__all__ = ["api"]

WORDING = {
    "en": "I agree to get automated offers about gardens from Acme. Consent is not a condition of "
    "purchase. Message and data rates may apply.",
    "es": "Acepto recibir ofertas automatizadas de jardín de Acme, sin obligación de compra.",
    "fr": "J'accepte de recevoir les offres automatisées d'Acme, sans obligation d'achat.",
    "de": "Ich stimme automatischen Gartenangeboten von Acme zu, ohne Kaufzwang.",
}
BUTTONS = {"en": "Sign up", "es": "Suscribirse", "fr": "S'inscrire", "de": "Anmelden"}


@pytest.fixture(scope="module")
def form(client):
    """The page and the form of a programme."""
    client.put_programme(
        "garden",
        name="Garden offers",
        purpose="marketing",
        topic="garden",
        channels=["email", "sms"],
        level="express_written",
        wording=WORDING,
        brand="Acme Gardens",
        continue_to="https://acme.example.com/thanks",
    )
    found = client.get_sign_up_form("garden")
    httpx.get(found.url, timeout=SLOW).raise_for_status()
    return found


@pytest.fixture
def somebody(request):
    return f"signs.{crc32(request.node.name.encode())}@example.com"


def sent(run: LocalRun, address: str, words: str) -> dict[str, Any]:
    """The message with these words to an address, once it is there."""

    def found() -> list[dict[str, Any]]:
        return [item for item in outbox(run) if item["to"] == address and words in item["text"]]

    assert eventually(lambda: bool(found()), SLOW)
    return found()[0]


def consents(api: httpx.Client, **address: str) -> dict[str, Any]:
    [contact] = api.get("/v1/contacts", params=address).json()["items"]
    found: dict[str, Any] = contact["consents"]
    return found


def link_in(item: dict[str, Any]) -> str:
    [link] = set(re.findall(r"https?://\S+/c/\S+", item["text"]))
    return str(link)


def test_somebody_signs_up_by_email_confirms_and_leaves_again(run, api, form, somebody, page):
    page.goto(form.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Garden offers")
    check(page, "sign-up")
    page.get_by_label("Email address").fill(somebody)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("status")).to_contain_text("Look into your mailbox")
    check(page, "signed-up")
    link = link_in(sent(run, somebody, "confirm"))

    for _ in range(2):
        assert httpx.get(link, timeout=SLOW).status_code == 200
        assert httpx.head(link, timeout=SLOW).status_code == 200
    [waits] = consents(api, email=somebody)["email"]["marketing"]
    assert waits["status"] == "pending"

    page.goto(link)
    check(page, "confirm")
    page.get_by_role("button", name="Yes, I want it").click()
    expect(page.get_by_role("status")).to_contain_text("Garden offers is sent to")
    check(page, "confirmed")
    [granted] = consents(api, email=somebody)["email"]["marketing"]
    assert (granted["status"], granted["source"]) == ("granted", "programme:garden")

    page.get_by_role("link", name="All your preferences").click()
    choice = page.get_by_label("Offers and news: garden, by email")
    expect(choice).to_be_checked()
    choice.uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    [revoked] = consents(api, email=somebody)["email"]["marketing"]
    assert revoked["status"] == "revoked"
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link doesn't work")


def test_somebody_signs_up_by_phone_and_answers_yes(run, api, form, page):
    number = "+14255550139"
    page.goto(form.url)
    page.get_by_label("Mobile number").fill("+1 (425) 555-0139")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("status")).to_contain_text("answer our text with YES")
    text = sent(run, number, "Reply YES to get Garden offers")
    said = httpx.post(f"{run.outbox_url}/{text['provider_id']}/reply", json={"text": "Yes!"})
    assert said.status_code == 202, said.text
    sent(run, number, "You now get Garden offers")
    [granted] = consents(api, phone=number)["sms"]["marketing"]
    assert granted["status"] == "granted"


def test_what_is_wrong_stands_beside_its_field(form, page):
    page.goto(form.url)
    page.get_by_label("Email address").fill("ada@")
    page.get_by_label("Mobile number").fill("0151 234")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("alert")).to_be_visible()
    for label, wrong in (
        ("Email address", "Enter an email address"),
        ("Mobile number", "Enter a mobile number"),
        ("I agree", "Tick the box"),
    ):
        field = page.get_by_label(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_accessible_description(re.compile(wrong))
    check(page, "sign-up-wrong")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_in_somebody_elses_page_works_in_each_language(
    client, run, api, form, somebody, page, language
):
    found = client.get_sign_up_form("garden", language)
    page.set_content(f"<!doctype html><html><body><h1>Our shop</h1>{found.html}</body></html>")
    page.locator("#outbound-email").fill(somebody)
    page.locator("#outbound-agree").check()
    page.get_by_role("button", name=BUTTONS[language]).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
    page.goto(link_in(sent(run, somebody, "/c/")))
    expect(page.locator("blockquote")).to_have_text(WORDING[language])
    check(page, f"confirm-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_each_language(form, page, language):
    page.goto(f"{form.url}?language={language}")
    expect(page.get_by_role("button")).to_have_text(BUTTONS[language])
    check(page, f"sign-up-{language}")


def test_a_link_that_was_changed_says_no_more_than_that(run, form, page):
    for link in (f"{form.url}x", f"{run.url}/c/forged", form.url.replace("/s/", "/c/")):
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text("This link doesn't work")
