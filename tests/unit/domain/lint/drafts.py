"""Drafts, and what is found in them."""

from __future__ import annotations

from typing import Any

from outbound.domain.lint import Draft, lint
from outbound.domain.organisation import Organisation
from outbound.domain.words import Channel, Purpose

CLINIC = Organisation(
    name="Green Street Clinic",
    postal_address="12 Green Street, Portland, OR 97201",
    phone="+15035550142",
)
UNSUBSCRIBE, PREFERENCES = "https://links.invalid/u/x", "https://links.invalid/p/x"
CALL = (
    "This is Green Street Clinic. We expect you on Monday. "
    "Call us at 503 555 0142, again 503 555 0142."
)
BODIES: dict[Channel, dict[str, str]] = {
    Channel.SMS: {"text": "Green Street Clinic: offers today. Reply STOP to opt out."},
    Channel.EMAIL: {
        "subject": "Offers",
        "text": f"Offers.\n12 Green Street,\nPortland, OR 97201\n{UNSUBSCRIBE}",
    },
    Channel.VOICE: {"text": CALL},
}


def draft(channel: Channel, purpose: Purpose = Purpose.INFORMATIONAL, **changes: Any) -> Draft:
    values: dict[str, Any] = {
        "bodies": BODIES[channel],
        "place": f"/channels/{channel}",
        "organisation": CLINIC,
        "opt_outs": (UNSUBSCRIBE, PREFERENCES),
    }
    return Draft(channel, purpose, **values | changes)


def found(draft: Draft) -> set[tuple[str, str, str]]:
    """Rule, severity and body of all findings."""
    place = f"{draft.place}/"
    return {(each.rule, str(each.severity), each.place.removeprefix(place)) for each in lint(draft)}


def email(text: str, html: str | None = None, **changes: Any) -> Draft:
    bodies = {"subject": "Offers", "text": text} | ({"html": html} if html else {})
    return draft(Channel.EMAIL, Purpose.MARKETING, bodies=bodies, **changes)


def sms(text: str, purpose: Purpose = Purpose.MARKETING, **changes: Any) -> Draft:
    return draft(Channel.SMS, purpose, bodies={"text": text}, **changes)


def call(text: str, **changes: Any) -> Draft:
    return draft(Channel.VOICE, bodies={"text": text}, **changes)


def ssml(markup: str, **changes: Any) -> Draft:
    return draft(Channel.VOICE, bodies={"ssml": markup}, **changes)
