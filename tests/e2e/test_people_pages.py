"""Unsubscribing and choosing in a browser, by the links of an email that was really sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.deployed import eventually, outbox
from tests.e2e.pages import overflows, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from infra.local.running import LocalRun

SLOW = 180
"""Seconds: the emulator starts a function in some of them."""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = {
    "en": ("Unsubscribe", "Your preferences"),
    "es": ("Darse de baja", "Sus preferencias"),
    "fr": ("Se désabonner", "Vos préférences"),
    "de": ("Abmelden", "Ihre Einstellungen"),
}


@dataclass
class Reader:
    """Somebody who got a newsletter."""

    api: httpx.Client
    name: str
    unsubscribe: str
    preferences: str
    header: str

    def contact(self) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(f"/v1/contacts/{self.name}").json()
        return found

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api.get(f"/v1/contacts/{self.name}/consents").json()[
            "items"
        ]
        return found

    def decision(self, **changes: Any) -> dict[str, Any]:
        question = {"channel": "email", "purpose": "marketing", "contact_ids": [self.name]}
        answer = self.api.post("/v1/decisions", json=question | changes).json()
        decision: dict[str, Any] = answer["items"][0]["decision"]
        return decision


@pytest.fixture(scope="module")
def api(run: LocalRun):
    headers = {"Authorization": f"Bearer {run.api_key}"}
    with httpx.Client(base_url=run.url, headers=headers, timeout=SLOW) as api:
        yield api


@pytest.fixture
def reader(run, api, request):
    name = re.sub(r"\W+", "-", request.node.name)[:60].strip("-").lower()

    def reader(**changes: Any) -> Reader:
        address = f"{name}@example.com"
        granted = {"status": "granted", "level": "express", "source": "web form"}
        body = {
            "email": address,
            "phone": "+14255550123",
            "region": "US-WA",
            "consents": {"email": {"marketing": granted}},
        }
        assert api.put(f"/v1/contacts/{name}", json=body | changes).status_code == 201
        message = {
            "to": {"contact_id": name},
            "channel": "email",
            "purpose": "marketing",
            "topic": "garden",
            "content": {
                "subject": "News of the garden",
                "text": "News.\nStop: {{ links.unsubscribe }}\nChoose: {{ links.preferences }}\n"
                "Acme, 1 Main Street, Seattle",
            },
        }
        assert api.post("/v1/messages", json=message).json()["status"] == "accepted"

        def sent() -> list[dict[str, Any]]:
            return [each for each in outbox(run) if each["to"] == address]

        assert eventually(lambda: bool(sent()), SLOW)
        [item] = sent()
        links = re.findall(r"https?://\S+", item["text"])
        headers = {each["name"]: each["value"] for each in item["headers"]}
        unsubscribe, preferences = links
        header = headers["List-Unsubscribe"].strip("<>")
        return Reader(api, name, unsubscribe, preferences, header)

    return reader


def check(page: Page, name: str) -> None:
    """Nobody is kept out, on a wide screen or a small one, by day or by night."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["help"]) for each in found] == []
    for width, shade in zip((320, 1280), SCHEMES, strict=True):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=shade)
        assert not overflows(page)
        shoot(page, f"{name}-{width}-{shade}")


def test_an_email_is_unsubscribed_by_its_button_and_not_by_looking(reader, page):
    someone = reader()
    assert someone.header == someone.unsubscribe
    before = someone.contact()
    for link in (someone.unsubscribe, someone.preferences):
        assert httpx.get(link, timeout=SLOW).status_code == 200
        assert httpx.head(link, timeout=SLOW).status_code == 200
    page.goto(someone.unsubscribe)
    check(page, "unsubscribe")
    assert someone.contact() == before
    assert someone.decision()["verdict"] == "send"

    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("status")).to_contain_text("Offers and news: garden")
    check(page, "unsubscribed")
    assert someone.decision(topic="garden")["reason"] == "revoked"
    assert [each["kind"] for each in someone.history()][-1] == "consent.revoked"


def test_a_mail_program_unsubscribes_with_one_request(reader):
    someone = reader()
    answer = httpx.post(
        someone.header, data={"List-Unsubscribe": "One-Click"}, timeout=SLOW, follow_redirects=False
    )
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert someone.decision(topic="garden")["reason"] == "revoked"


def test_the_preference_centre_is_used_by_keyboard_alone(reader, page):
    someone = reader()
    page.goto(someone.preferences)
    check(page, "preferences")
    page.get_by_label("Offers and news: garden, by email").focus()
    page.keyboard.press("Space")
    page.get_by_label("Pause for 30 days").focus()
    page.keyboard.press("Space")
    page.get_by_label("Time zone").select_option("America/New_York")
    page.get_by_label("Language").select_option("fr")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Enregistré.")
    check(page, "preferences-saved")
    contact = someone.contact()
    assert (contact["locale"], contact["timezone"]) == ("fr", "America/New_York")
    assert contact["paused_until"]
    assert someone.decision(topic="garden")["reason"] == "paused"


def test_another_address_counts_once_its_owner_says_so(run, reader, page):
    someone, new = reader(), "reader.new@example.org"
    page.goto(someone.preferences)
    page.get_by_label("New email address").fill("reader.new@")
    page.get_by_role("button", name="Ask there").click()
    field = page.get_by_label("New email address")
    expect(field).to_have_accessible_description(re.compile("Enter an email address"))
    check(page, "correct-wrong")
    field.fill(new)
    page.get_by_role("button", name="Ask there").click()
    expect(page.get_by_role("status")).to_contain_text("Look there now")
    check(page, "correct-asked")

    def sent() -> list[dict[str, Any]]:
        return [each for each in outbox(run) if each["to"] == new]

    assert eventually(lambda: bool(sent()), SLOW)
    [link] = set(re.findall(r"https?://\S+/a/\S+", sent()[0]["text"]))
    assert httpx.get(link, timeout=SLOW).status_code == 200
    assert someone.contact()["unconfirmed"] == [new]
    page.goto(link)
    check(page, "correct")
    page.get_by_role("button", name="Yes, that is me").click()
    expect(page.get_by_role("status")).to_contain_text("from now on")
    check(page, "corrected")
    contact = someone.contact()
    assert (contact["email"], contact["unconfirmed"]) == ([new], [])
    assert someone.decision(topic="garden")["verdict"] == "send"


def test_everything_is_stopped_with_one_button(reader, page):
    someone = reader(phone="+14255550177")
    page.goto(someone.preferences)
    page.get_by_role("button", name="Stop everything").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert page.get_by_role("checkbox", checked=True).count() == 0
    for channel in ("email", "sms"):
        decision = someone.decision(channel=channel, purpose="transactional")
        assert decision["reason"] == "suppressed_opted_out"


@pytest.mark.parametrize("locale", LANGUAGES)
def test_pages_speak_the_contacts_language(reader, page, locale):
    someone = reader(locale=locale)
    for link, title in zip(
        (someone.unsubscribe, someone.preferences), LANGUAGES[locale], strict=True
    ):
        page.goto(link)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.locator("html").get_attribute("lang") == locale
    check(page, f"preferences-{locale}")


def test_a_link_that_is_not_ours_says_no_more_than_that(run, page):
    page.goto(f"{run.url}/u/forged")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link doesn't work")
    check(page, "gone")
