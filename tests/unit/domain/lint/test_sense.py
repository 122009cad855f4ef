"""What makes a message good, beside the law."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.lint import Draft, Severity, lint
from outbound.domain.organisation import NOBODY
from outbound.domain.words import Channel, Purpose
from tests.unit.domain.lint.drafts import CALL, CLINIC, call, draft, found, sms, ssml


def mail(subject="Order", text="It has shipped.", html=None):
    bodies = {"subject": subject, "text": text, "html": html}
    return draft(Channel.EMAIL, bodies={name: body for name, body in bodies.items() if body})


def text(words):
    return sms(words, Purpose.INFORMATIONAL)


@pytest.mark.parametrize(
    ("checked", "expected"),
    [
        (mail(text=None, html="<p>Hi</p>"), ("email.text-part", "text")),
        (mail(html=f"<p>{'é' * 60_000}</p>"), ("email.size", "html")),
        (mail(html='<img src="cid:a">'), ("email.picture-text", "html")),
        (mail(subject="x" * 61), ("email.subject-length", "subject")),
        (mail(subject="ORDER HAS SHIPPED"), ("shouting", "subject")),
        (mail(subject="Shipped!!"), ("shouting", "subject")),
        (text("WE EXPECT YOU TODAY"), ("shouting", "text")),
        (text("See http://example.com"), ("insecure-link", "text")),
        (mail(html='<a href="http://a.test">a</a>'), ("insecure-link", "html")),
        (text("a" * 460), ("sms.length", "text")),
        (call(CALL + " And so on." * 100), ("voice.length", "text")),
        (call(CALL + " Will you come?"), ("voice.question", "text")),
        (call(CALL + " Press 1 to confirm."), ("voice.question", "text")),
        (call(CALL + " Drücken Sie die 1."), ("voice.question", "text")),
        (call("This is Green Street Clinic. Call 503 555 0142."), ("voice.number-once", "text")),
    ],
)
def test_each_rule_finds_what_it_is_for(checked, expected):
    assert found(checked) == {(expected[0], "warning", expected[1])}


@pytest.mark.parametrize(
    "checked",
    [
        mail(html='<img src="cid:a" alt=""><img src="cid:b" alt="Map">'),
        mail(subject="NASA and the FBI"),
        mail(subject="Shipped!"),
        text("See https://example.com"),
        text("OK"),
        text("a" * 459),
        call(CALL),
    ],
)
def test_what_is_good_is_left_alone(checked):
    assert found(checked) == set()


SPOKEN = "This is Green Street Clinic. Call 503 555 0142, 503 555 0142."


def test_markup_that_is_not_closed_is_an_error_even_where_values_are_unknown():
    for exact in (True, False):
        broken = ssml(f"<speak><p>{SPOKEN}</speak>", exact=exact)
        assert ("voice.markup", "error", "ssml") in found(broken)


def test_a_value_that_is_not_known_may_become_right():
    markup = f'<speak>{SPOKEN}<prosody rate="[rate]">Slowly.</prosody></speak>'
    assert found(ssml(markup, exact=True)) == {("voice.markup", "error", "ssml")}
    assert found(ssml(markup, exact=False)) == {("voice.markup", "warning", "ssml")}


def test_what_takes_schooling_is_told():
    hard = (
        "Pursuant to contractual provisions previously communicated, the organisation reserves "
        "authority unilaterally modifying, without prior notification, conditions applicable "
        "regarding utilisation of its services, notwithstanding any information concerning "
        "availability, continuity, accessibility, or interoperability."
    )
    assert ("reading-ease", "warning", "text") in found(mail(text=hard))
    easy = "We expect you on Monday at ten. Please bring your card. Call us if you can not come. "
    assert found(mail(text=easy * 3)) == set()
    assert lint(draft(Channel.EMAIL, bodies={"subject": "A", "text": hard}, locale="fi")) == ()


def test_errors_come_first():
    findings = lint(call("HELLO THERE EVERYBODY"))
    severities = [each.severity for each in findings]
    assert severities == sorted(severities)
    assert {Severity.ERROR, Severity.WARNING} == set(severities)


BODY = st.text() | st.text(alphabet="<>/ap='\"!&[]{}\n ?1.") | st.just("<speak>")


@given(
    channel=st.sampled_from(Channel),
    purpose=st.sampled_from(Purpose),
    body=BODY,
    html=BODY,
    organisation=st.sampled_from([CLINIC, NOBODY]),
    exact=st.booleans(),
    locale=st.sampled_from(["en", "es-MX", "fr", "de-AT", "ja"]),
)
def test_whatever_a_message_says_it_is_judged(
    channel, purpose, body, html, organisation, exact, locale
):
    bodies = {
        Channel.SMS: {"text": body},
        Channel.EMAIL: {"subject": body, "text": body, "html": html},
        Channel.VOICE: {"ssml": body} if exact else {"text": body},
    }[channel]
    place = f"/channels/{channel}"
    drafted = Draft(channel, purpose, bodies, place, organisation, locale, exact=exact)
    for finding in lint(drafted):
        assert finding.place.removeprefix(f"{place}/") in bodies
        assert finding.message.endswith(".")
