"""What the law wants of a message, each with its source."""

from __future__ import annotations

import pytest

from outbound.domain.lint import lint
from outbound.domain.organisation import NOBODY, Organisation
from outbound.domain.words import Channel, Purpose
from tests.unit.domain.lint.drafts import (
    CALL,
    PREFERENCES,
    UNSUBSCRIBE,
    call,
    draft,
    email,
    found,
    sms,
    ssml,
)

ADDRESS = "12 Green Street, Portland, OR 97201"
NO_ADDRESS = ("email.postal-address", "error", "text")
NO_OPT_OUT = ("email.unsubscribe", "error", "text")


@pytest.mark.parametrize("channel", Channel)
def test_what_says_all_that_it_must_has_no_findings(channel):
    purpose = Purpose.INFORMATIONAL if channel is Channel.VOICE else Purpose.MARKETING
    assert lint(draft(channel, purpose)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Offers. {ADDRESS} {UNSUBSCRIBE}", set()),
        (f"Offers. {ADDRESS.lower()}\n{PREFERENCES}", set()),
        (f"Offers. {UNSUBSCRIBE}", {NO_ADDRESS}),
        (f"Offers. {ADDRESS}", {NO_OPT_OUT}),
        (f"Offers. {ADDRESS} https://shop.test/unsubscribe", {NO_OPT_OUT}),
        ("Offers.", {NO_ADDRESS, NO_OPT_OUT}),
    ],
)
def test_marketing_email_shows_an_address_and_a_way_out(text, expected):
    assert found(email(text)) == expected


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        (f'<p>12 Green Street,<br>Portland, OR 97201</p><a href="{UNSUBSCRIBE}">End</a>', set()),
        (f'<p>{ADDRESS}</p><a href="{PREFERENCES}"><img alt="End"></a>', set()),
        (f'<p>{ADDRESS}</p><a href="{UNSUBSCRIBE}"></a>', {"email.unsubscribe"}),
        (f'<p>{ADDRESS}</p><link href="{UNSUBSCRIBE}">', {"email.unsubscribe"}),
        (f'<!-- {ADDRESS} --><a href="{UNSUBSCRIBE}">End</a>', {"email.postal-address"}),
        (f'<title>{ADDRESS}</title><a href="{UNSUBSCRIBE}">End</a>', {"email.postal-address"}),
    ],
)
def test_what_html_does_not_show_does_not_count(html, missing):
    text = f"Offers. {ADDRESS} {UNSUBSCRIBE}"
    assert found(email(text, html)) == {(rule, "error", "html") for rule in missing}


@pytest.mark.parametrize("purpose", set(Purpose) - {Purpose.MARKETING})
def test_other_email_may_do_without(purpose):
    bodies = {"subject": "Order", "text": "It has shipped."}
    assert lint(draft(Channel.EMAIL, purpose, bodies=bodies)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Green Street Clinic: sale. Reply STOP to opt out",
        "Green Street Clinic: sale. STOP=end",
        "Green Street Clinic: rebajas. Responda BAJA",
        "Green Street Clinic : soldes. Répondez ARRÊT",
        "Green Street Clinic: Angebote. Mit STOPP abmelden",
        "Green Street Clinic: sale. Text OPT OUT to end",
        f"Green Street Clinic: sale. {UNSUBSCRIBE}",
    ],
)
def test_marketing_by_text_says_how_to_stop_it(text):
    assert found(sms(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Green Street Clinic: the sale ends today, do not stop, cancel nothing",
        "Green Street Clinic: SALE TODAY",
        "Green Street Clinic: stop by today",
    ],
)
def test_words_that_only_sound_like_it_do_not_say_how(text):
    assert ("sms.opt-out", "error", "text") in found(sms(text))


def test_the_sender_of_marketing_by_text_should_be_named():
    assert found(sms("Sale. Reply STOP to end")) == {("sms.sender-name", "warning", "text")}


def test_healthcare_by_text_is_told_what_holds_without_consent():
    text = "Your prescription is ready. " * 7
    assert found(sms(text, Purpose.HEALTHCARE)) == {
        ("sms.opt-out", "warning", "text"),
        ("sms.sender-name", "warning", "text"),
        ("sms.healthcare-length", "warning", "text"),
    }


@pytest.mark.parametrize("purpose", [Purpose.TRANSACTIONAL, Purpose.INFORMATIONAL])
def test_other_texts_may_do_without(purpose):
    assert lint(sms("Order A-77 has shipped.", purpose)) == ()


LATE = "voice.identity"


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (CALL, set()),
        ("Hello! " + CALL, set()),
        (CALL.replace("Green Street Clinic", "your clinic"), {"voice.identity"}),
        ("Hello. How are you. " + CALL, {"voice.identity"}),
        ("This is Green Street Clinic. We expect you.", {"voice.number"}),
        ("This is Green Street Clinic. Call +1 503 555 0142.", set()),
        ("This is Green Street Clinic. Call 5 0 3, 5 5 5, 0 1 4 2.", set()),
        ("This is Green Street Clinic. Call our ward: (503) 555-0199.", set()),
        ("This is Green Street Clinic. It is on 2026-12-24 at 10.30.", {"voice.number"}),
    ],
)
def test_a_call_says_at_once_who_calls_and_somewhere_at_which_number(text, errors):
    assert {rule for rule, severity, _ in found(call(text)) if severity == "error"} == errors


def test_the_words_of_markup_count_and_not_its_tags():
    said = "<speak><p>This is <emphasis>Green Street Clinic</emphasis>.</p> Call {}</speak>"
    telephone = '<say-as interpret-as="telephone">5035550142</say-as>'
    assert ("voice.number", "error", "ssml") not in found(ssml(said.format(telephone)))
    hidden = '<mark name="5035550142"/>'
    assert ("voice.number", "error", "ssml") in found(ssml(said.format(hidden)))


def test_marketing_is_never_spoken():
    errors = {
        rule
        for rule, severity, _ in found(draft(Channel.VOICE, Purpose.MARKETING))
        if severity == "error"
    }
    assert errors == {"voice.marketing"}


@pytest.mark.parametrize(
    ("checked", "setting"),
    [
        (email(f"Offers. {UNSUBSCRIBE}", organisation=NOBODY), "postal_address"),
        (call("Hello.", organisation=NOBODY), "name"),
        (call("Acme here.", organisation=Organisation(name="Acme")), "organisation.phone"),
    ],
)
def test_who_has_not_said_who_they_are_is_told_to(checked, setting):
    messages = [each.message for each in lint(checked)]
    assert any(setting in message and "PUT /v1/settings" in message for message in messages)


def test_every_finding_of_the_law_names_it():
    of_law = [
        *lint(email("Offers.")),
        *lint(sms("Sale")),
        *lint(sms("x" * 200, Purpose.HEALTHCARE)),
        *lint(draft(Channel.VOICE, Purpose.MARKETING, bodies={"text": "Hello."})),
    ]
    assert len({each.rule for each in of_law}) == 8
    for each in of_law:
        assert any(law in str(each.source) for law in ("CFR", "U.S.C.", "CASL"))
    assert all("Green Street" not in each.message for each in of_law)
