"""Signing up by page and by form: GET shows, POST acts, and nobody learns who is known."""

from __future__ import annotations

import re
from html import unescape
from zlib import crc32

import pytest

from functions.inbound.handler import handler as inbound
from outbound.adapters.api.contract.programmes import GARDEN
from tests.aws import PAGES
from tests.functions.conftest import CONTEXT
from tests.functions.test_cost import counted
from tests.functions.test_people_pages import state, visit
from tests.texts import envelope, payload, queue_event

GARDEN = GARDEN | {"keyword": None}
HIDDEN = re.compile(r'name="(language|seen)" value="([^"]*)"')


@pytest.fixture(scope="module")
def form(api):
    """The page of a programme."""
    assert api.ask("PUT", "/v1/programmes/signs", GARDEN).status in (200, 201)
    return api.ask("GET", "/v1/programmes/signs/form").body


@pytest.fixture
def somebody(request):
    """An address that nobody else has."""
    number = crc32(request.node.name.encode())
    return f"s{number}@example.com"


@pytest.fixture
def path(form):
    return form["url"].removeprefix(PAGES)


@pytest.fixture
def fill_in(path, request):
    """Fills in the form as it is shown, from a network of the test's own."""
    source = f"2001:db8:{crc32(request.node.name.encode()) % 65536:x}::1"

    def fill_in(agree="yes", **typed):
        shown = dict(HIDDEN.findall(visit(path).text))
        ticked = {"agree": agree} if agree else {}
        sent = {**shown, **ticked, **typed}
        return visit(path, "POST", sent, source=source, user_agent="Mosaic")

    return fill_in


def to(api, address, monkeypatch, channel="email"):
    api.work_off(channel, monkeypatch)
    return [item for item in api.carrier.outbox.items() if item.to == (address,)]


def contact_of(api, **address):
    found = api.ask("GET", "/v1/contacts", query=address).body["items"]
    return found[0] if found else None


def test_looking_changes_nothing(api, path):
    before = state()
    for method in ("GET", "HEAD"):
        page = visit(path, method)
        assert page.status == 200
        assert page.headers["cache-control"] == "no-store"
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert "set-cookie" not in page.headers
        assert "<script" not in page.text
    assert state() == before


def test_who_follows_the_link_and_says_yes_is_in(api, fill_in, somebody, monkeypatch):
    done = fill_in(email=somebody)
    assert (done.status, "Look into your mailbox" in done.text) == (200, True)
    assert GARDEN["continue_to"] in done.text
    [email] = to(api, somebody, monkeypatch)
    assert email.subject == "Acme Gardens: please confirm"
    [link] = set(re.findall(rf"{PAGES}(/c/[\w.=-]+)", email.text))
    assert "List-Unsubscribe" not in dict(email.headers)

    before = state()
    for method in ("GET", "HEAD"):
        shown = visit(link, method)
        assert (shown.status, shown.headers["cache-control"]) == (200, "no-store")
    assert GARDEN["wording"]["en"] in visit(link).text
    assert state() == before
    [pending] = contact_of(api, email=somebody)["consents"]["email"]["marketing"]
    assert pending["status"] == "pending"

    for _ in range(2):
        said = visit(link, "POST", "")
        assert (said.status, "You are signed up" in said.text) == (200, True)
    assert "You are signed up" in visit(link).text
    contact = contact_of(api, email=somebody)
    [granted] = contact["consents"]["email"]["marketing"]
    assert (granted["status"], granted["level"]) == ("granted", "express_written")
    asked, confirmed = api.ask("GET", f"/v1/contacts/{contact['id']}/consents").body["items"]
    assert asked["proof"] == {
        "address_1": somebody,
        "wording": GARDEN["wording"]["en"],
        "language": "en",
        "network_address": asked["proof"]["network_address"],
        "user_agent": "Mosaic",
    }
    assert asked["proof"]["network_address"].startswith("2001:db8:")
    assert (confirmed["kind"], confirmed["by"]) == ("consent.granted", "recipient")
    [preferences] = re.findall(r'href="\.\.(/p/[^"]+)"', said.text)
    assert visit(preferences).status == 200
    assert visit(link.replace("/c/", "/p/")).status == 404


def test_by_text_the_answer_is_yes(api, fill_in, monkeypatch):
    number = "+14155550188"
    assert "answer our text with YES" in fill_in(phone="+1 (415) 555-0188").text
    [text] = to(api, number, monkeypatch, "sms")
    assert text.text.startswith("Acme Gardens: Reply YES to get Garden offers by text. I agree")
    said = payload(originationNumber=number, messageBody="YES", inboundMessageId="signs-yes")
    inbound(queue_event(envelope(said)), CONTEXT)
    [granted] = contact_of(api, phone=number)["consents"]["sms"]["marketing"]
    assert granted["status"] == "granted"


def test_the_answer_is_the_same_whether_an_address_is_known_or_not(api, fill_in, somebody):
    known = fill_in(email=somebody)
    consents = {"email": {"marketing": {"status": "granted", "level": "express_written",
        "topic": "garden", "source": "shop", "wording": "Yes.", "proof": "1"}}}  # fmt: skip
    other = {"email": f"o{somebody}", "consents": consents}
    api.ask("PUT", f"/v1/contacts/o{somebody[:9]}", other)
    answers = {
        fill_in(email=address).text for address in (somebody, f"o{somebody}", f"n{somebody}")
    }
    assert answers == {known.text}
    for _ in range(4):
        answers.add(fill_in(email=somebody).text)
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"email"}),
        ({"email": "ada"}, {"email"}),
        ({"email": "ada@", "phone": "0151 123"}, {"email", "phone"}),
        ({"phone": "+1 415"}, {"phone"}),
        ({"email": "ada@example.com", "phone": "x"}, {"phone"}),
        ({"email": "ada@example.com", "agree": ""}, {"agree"}),
        ({"email": '"><script>alert(1)</script>'}, {"email"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(api, fill_in, typed, wrong):
    before = state()
    page = fill_in(**typed)
    assert page.status == 422
    assert set(re.findall(r'id="(\w+)-wrong"', page.text)) == wrong
    for name in wrong:
        [field] = re.findall(rf'<input[^>]*id="{name}"[^>]*>', page.text)
        assert 'aria-invalid="true"' in field
        assert f"{name}-wrong" in field
    for value in typed.values():
        assert value in unescape(page.text)
    assert "<script" not in page.text
    assert state() == before


@pytest.mark.parametrize("sent", ["", "email=ada%40example.com", "a=1&" * 300, "seen=%00&email=x"])
def test_a_form_that_does_not_show_the_wording_is_asked_again(path, sent):
    before = state()
    page = visit(path, "POST", sent)
    assert (page.status, "has changed" in page.text) == (409, True)
    assert state() == before


def test_who_saw_another_wording_reads_the_new_one_first(api, path, somebody):
    shown = dict(HIDDEN.findall(visit(path).text))
    wording = {"en": "I agree to more.", "fr": GARDEN["wording"]["fr"]}
    api.ask("PUT", "/v1/programmes/signs", GARDEN | {"wording": wording})
    before = state()
    page = visit(path, "POST", {**shown, "email": somebody, "agree": "yes"})
    assert (page.status, "I agree to more." in page.text) == (409, True)
    assert (somebody in page.text, "checked" in page.text) == (True, False)
    assert state() == before
    api.ask("PUT", "/v1/programmes/signs", GARDEN)


def test_programs_are_thanked_and_not_heard(fill_in, somebody):
    before = state()
    assert fill_in(email=somebody, website="https://spam.example").status == 200
    assert state() == before


def test_it_speaks_the_languages_that_the_programme_has(path):
    assert 'lang="fr"' in visit(path, accept_language="fr-CA").text
    german = visit(path, accept_language="de")
    assert GARDEN["wording"]["en"] in german.text


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_form_for_other_pages_sends_to_ours(api, form, language, somebody, monkeypatch):
    query = {"language": language}
    found = api.ask("GET", "/v1/programmes/signs/form", query=query).body
    assert found["language"] == (language if language != "de" else "en")
    assert f'action="{form["url"]}"' in found["html"]
    hidden = dict(HIDDEN.findall(found["html"]))
    origin = "https://garden.example.com"
    sent = {**hidden, "email": somebody, "agree": "yes"}
    path = form["url"].removeprefix(PAGES)
    assert visit(path, "POST", sent, origin=origin).status == 200
    contact = contact_of(api, email=somebody)
    assert contact["locale"] == found["language"]
    [asked] = api.ask("GET", f"/v1/contacts/{contact['id']}/consents").body["items"]
    assert asked["proof"]["origin"] == origin
    assert asked["proof"]["wording"] == GARDEN["wording"][found["language"]]


def test_a_language_that_there_is_not_is_refused(api, form):
    query = {"language": "it"}
    answer = api.ask("GET", "/v1/programmes/signs/form", query=query)
    assert (answer.status, answer.body["errors"][0]["pointer"]) == (400, "language")


def test_a_network_may_not_send_one_form_after_the_other(api, form):
    api.ask("PUT", "/v1/programmes/busy", GARDEN)
    key = api.make_key(tenant="crowd")["secret"]
    only = GARDEN | {"channels": ["email"]}
    api.ask("PUT", "/v1/programmes/busy", only, key=key)
    url = api.ask("GET", "/v1/programmes/busy/form", key=key).body["url"]
    path = url.removeprefix(PAGES)
    hidden = dict(HIDDEN.findall(visit(path).text))
    answers = [
        visit(path, "POST", {**hidden, "email": f"c{each}@example.com", "agree": "1"}).status
        for each in range(31)
    ]
    assert answers == [200] * 30 + [429]


def test_a_programme_that_is_gone_has_no_page(api):
    api.ask("PUT", "/v1/programmes/short", GARDEN)
    path = api.ask("GET", "/v1/programmes/short/form").body["url"].removeprefix(PAGES)
    assert visit(path).status == 200
    api.ask("DELETE", "/v1/programmes/short")
    for method in ("GET", "POST"):
        assert visit(path, method).status == 404
    assert api.ask("GET", "/v1/programmes/short/form").status == 404


def test_a_sign_up_costs_what_the_readme_says(api, path, somebody):
    sent = {**dict(HIDDEN.findall(visit(path).text)), "agree": "yes"}
    visit(path, "POST", {**sent, "email": f"warm.{somebody}"}, source="198.51.100.1")
    with counted("dynamodb", "sqs") as asked:
        visit(path, "POST", {**sent, "email": somebody}, source="198.51.100.1")
    assert asked == {
        "GetItem": 1,
        "UpdateItem": 2,
        "BatchGetItem": 4,
        "Query": 1,
        "TransactWriteItems": 2,
        "PutItem": 2,
        "SendMessage": 1,
    }
