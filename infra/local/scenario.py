"""What the demo sends, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

from outbound_client import Content, Message, OutboundClient

APPOINTMENT: dict[str, Content] = {
    "email": {
        "subject": "Your appointment on {{ day }}",
        "text": "Dear {{ name }},\n\nwe expect you on {{ day }} at {{ time }}.\n\nYour clinic",
        "html": (
            "<p>Dear {{ name }},</p><p>we expect you on <b>{{ day }}</b> at {{ time }}.</p>"
            "<p>Your clinic</p>"
        ),
        "calendar": {
            "start": "{{ start }}",
            "duration": "PT30M",
            "summary": "Appointment at the clinic",
            "organizer": "clinic@example.com",
            "method": "REQUEST",
        },
    }
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
        content={"text": "Order {{ order }} has shipped and arrives on {{ day }}."},
        data={"order": "A-77", "day": "Friday"},
    )


def _appointment(client: OutboundClient) -> Message:
    return client.send_message(
        to={"email": "zoe@example.com"},
        channel="email",
        purpose="informational",
        template={"id": "appointment"},
        data={
            "name": "Zoë",
            "day": "3 December",
            "time": "09:30",
            "start": "2026-12-03T09:30:00-08:00",
        },
    )


def _call(client: OutboundClient) -> Message:
    return client.send_message(
        to={"phone": "+14255550124"},
        channel="voice",
        purpose="informational",
        content={
            "ssml": (
                "<speak>This is the clinic of Doctor Lee. Your appointment is on "
                '<say-as interpret-as="date" format="md">12/3</say-as> at {{ time }}. '
                "To change it, call 206 555 0142.</speak>"
            )
        },
        data={"time": "9 30"},
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
    Send("Appointment call", "voice", "delivered", _call),
    Send("Receipt to an address that bounces", "email", "bounced", _bouncing),
    Send("Code to a number that fails", "sms", "undelivered", _failing),
)
THEN = (Send("Again to the address that bounced", "email", "blocked", _bouncing),)
