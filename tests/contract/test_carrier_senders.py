"""Who an email is from, and what it stops where that is wrong."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from botocore.stub import Stubber

from outbound.domain.outcome import Kind
from outbound.domain.sender import Sender
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests.contract.carriers import BODIES, REF, UNVERIFIED, asked, build

OWN = Sender("news@clinic.test", "Clinic")
USUAL = Sender("News@Example.com", "Another name")


def mailed(sender, error=None, message=""):
    """What SES was asked for an email from a sender, and what was made of its answer."""
    client, carrier, call, address = build("ses")
    outgoing = Outgoing(REF, 1, address, Purpose.TRANSACTIONAL, BODIES, sender=sender)
    if error is None:
        return asked(carrier, client, call, outgoing)
    with Stubber(client) as stub:
        stub.add_client_error(call, error, message, http_status_code=400)
        outcome = carrier.hand_over(outgoing)
    client.close()
    return {}, outcome


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        (None, "Acme <news@example.com>"),
        (Sender("news@clinic.test"), "news@clinic.test"),
        (OWN, "Clinic <news@clinic.test>"),
        (Sender("news@clinic.test", "Ward 3, Clinic"), '"Ward 3, Clinic" <news@clinic.test>'),
        (Sender("news@clinic.test", "Ärzte"), "=?utf-8?b?w4RyenRl?= <news@clinic.test>"),
    ],
)
def test_an_email_is_from_its_sender_in_seven_bits(sender, header):
    sent, outcome = mailed(sender)
    assert (outcome.kind, sent["FromEmailAddress"]) == (Kind.SENT, header)


def test_a_long_name_is_split_into_encoded_words_of_one_line():
    name = "Ärzte und Ärztinnen, Österreich" + " und Umgebung" * 5
    sent, _ = mailed(Sender("news@clinic.test", name))
    header = sent["FromEmailAddress"]
    assert str(make_header(decode_header(header))) == f"{name} <news@clinic.test>"
    assert len(header.splitlines()) == 1
    assert max(map(len, header.split())) <= 75


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("MessageRejected", "Email address is not verified."),
        ("MessageRejected", f"{UNVERIFIED}: Clinic <news@clinic.test>"),
        ("MailFromDomainNotVerifiedException", "No."),
        ("MailFromDomainNotVerified", "No."),
        ("AccessDeniedException", "No."),
        ("AccessDenied", "No."),
    ],
)
def test_what_is_wrong_with_a_tenants_sender_never_stops_the_channel(code, message):
    assert mailed(OWN, code, message)[1].kind is Kind.TEMPORARY
    assert mailed(None, code, message.replace("clinic.test", "example.com"))[1].kind is Kind.STOPPED
    assert mailed(USUAL, code, message.replace("clinic.test", "example.com"))[1].kind is (
        Kind.STOPPED
    )


def test_what_holds_for_the_account_stops_the_channel_whoever_sends():
    assert mailed(OWN, "SendingPausedException")[1].kind is Kind.STOPPED
    assert mailed(OWN, "AccountSuspendedException")[1].kind is Kind.STOPPED
