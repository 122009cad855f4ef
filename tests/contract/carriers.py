"""The providers over real clients: what they are asked, and what is made of their refusals."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.stub import Stubber

from outbound.adapters.carriers import end_user_messaging, end_user_messaging_codes, ses, sns
from outbound.domain.ids import MessageRef
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests.builders import EMAIL, PHONE

REF = MessageRef("acme", "msg_" + "0" * 36)
BODIES = {"subject": "Order", "text": "Order A-77 has shipped."}
UNVERIFIED = (
    "Email address is not verified. The following identities failed the check in region US-EAST-1"
)
SESSION: Any = boto3.Session("test", "test", region_name="us-east-1")


def build(provider):
    """A provider over a real client, the name of its call, and its address."""
    if provider == "ses":
        client = SESSION.client("sesv2")
        carrier = ses.Ses(client, "Acme <news@example.com>", "outbound")
        return client, carrier, "send_email", EMAIL
    if provider == "sns":
        client = SESSION.client("sns")
        return client, sns.Sns(client, "0.20"), "publish", PHONE
    client = SESSION.client("pinpoint-sms-voice-v2")
    if provider == "voice":
        voice = end_user_messaging.EndUserMessagingVoice(
            client, "outbound", "0.50", "+12065550100", "JOANNA"
        )
        return client, voice, "send_voice_message", PHONE
    text = end_user_messaging.EndUserMessagingSms(client, "outbound", "0.20")
    return client, text, "send_text_message", PHONE


def hand_over(carrier, address, purpose=Purpose.TRANSACTIONAL):
    outgoing = Outgoing(REF, 1, address, purpose, BODIES, unsubscribe="https://example.com/u/x")
    return carrier.hand_over(outgoing)


def refused(provider, code, status=400, message="", **more):
    client, carrier, call, address = build(provider)
    with Stubber(client) as stub:
        stub.add_client_error(
            call,
            service_error_code=code,
            service_message=message,
            http_status_code=status,
            modeled_fields=more or None,
        )
        outcome = hand_over(carrier, address)
        stub.assert_no_pending_responses()
    client.close()
    return outcome


TABLES = {
    "ses": ses.OUTCOMES,
    "sns": sns.OUTCOMES,
    "sms": end_user_messaging_codes.OUTCOMES,
    "voice": end_user_messaging_codes.OUTCOMES,
}


def asked(carrier, client, call, outgoing):
    """What a provider was asked by one call, and what was made of its answer."""
    sent: dict[str, Any] = {}
    client.meta.events.register("provide-client-params", lambda params, **_: sent.update(params))
    with Stubber(client) as stub:
        stub.add_response(call, {"MessageId": "id-1"})
        outcome = carrier.hand_over(outgoing)
    client.close()
    return sent, outcome
