"""What the demo sends, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

from outbound_client import Message, OutboundClient
from outbound_client.ready_made import examples

CLINIC = {
    "name": "Green Street Clinic",
    "postal_address": "12 Green Street, Portland, OR 97201",
    "phone": "+15035550142",
}


@dataclass(frozen=True, slots=True)
class Send:
    """One row of the demo: what is sent, and the status it must end in."""

    title: str
    channel: str
    expected: str
    send: Callable[[OutboundClient], Message]


def _order(client: OutboundClient) -> Message:
    return client.send_message(
        to={"phone": "+14255550123"},
        channel="sms",
        purpose="transactional",
        template={"id": "order-update"},
        data=examples("order-update"),
    )


def _appointment(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "zoe@example.com"},
        channel="email",
        purpose="informational",
        template={"id": "appointment"},
        data=examples("appointment"),
    )


def _appointment_in_french(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "zoe@example.com"},
        channel="email",
        purpose="informational",
        template={"id": "appointment", "locale": "fr-CA"},
        data=examples("appointment"),
    )


def _call(client: OutboundClient) -> Message:
    return client.send_message(
        to={"phone": "+14255550124"},
        channel="voice",
        purpose="informational",
        template={"id": "appointment"},
        data=examples("appointment"),
    )


def _prescription(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "zoe@example.com"},
        channel="email",
        purpose="healthcare",
        template={"id": "prescription", "locale": "de"},
        data=examples("prescription"),
    )


def _launch(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "zoe@example.com"},
        channel="email",
        purpose="marketing",
        template={"id": "launch"},
        data=examples("launch"),
    )


def _bouncing(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "bounce@simulator.amazonses.com"},
        channel="email",
        purpose="transactional",
        content={"subject": "Your receipt", "text": "Thank you for order {{ order }}."},
        data={"order": "A-78"},
    )


def _failing(client: OutboundClient) -> Message:
    return client.send_message(
        to={"phone": "+14254147167"},
        channel="sms",
        purpose="transactional",
        content={"text": "Your code is {{ code }}."},
        data={"code": "481 516"},
    )


FIRST = (
    Send("Order update", "sms", "delivered", _order),
    Send("Appointment reminder", "email", "delivered", _appointment),
    Send("The same in French", "email", "delivered", _appointment_in_french),
    Send("Appointment call", "voice", "delivered", _call),
    Send("Prescription in German", "email", "delivered", _prescription),
    Send("News to somebody who never said yes", "email", "blocked", _launch),
    Send("Receipt to an address that bounces", "email", "bounced", _bouncing),
    Send("Code to a number that fails", "sms", "undelivered", _failing),
)
THEN = (Send("Again to the address that bounced", "email", "blocked", _bouncing),)
