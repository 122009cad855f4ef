"""The operations that show and test templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from outbound.adapters.api.contract.answers import ABSENT, Answered, Problem
from outbound.adapters.api.contract.message_answers import Price, SmsParts, Speech
from outbound.adapters.api.contract.messages import REFUSED
from outbound.adapters.api.contract.operation import Answer, Body, Operation
from outbound.adapters.api.contract.parameters import IDEMPOTENCY_KEY
from outbound.adapters.api.contract.pattern import MessageId
from outbound.adapters.api.contract.template_answers import Finding
from outbound.adapters.api.contract.templates import TAG, TEMPLATE_PATH
from outbound.adapters.api.identifiers import TemplateId, TesterId
from outbound.adapters.api.preview_requests import PreviewModel, TrialModel
from outbound.domain.message import Status
from outbound.domain.words import Channel, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICE: Mapping[str, str] = {
    "version": "A version; the latest, if not given.",
    "locale": "In which locale; that of the reader, if not given.",
    "channel": "On this channel alone; on all, if not given.",
    "data": "The values of its variables.",
}
WORDS = {
    "PreviewRequest": {
        **CHOICE,
        "contact_id": "For whom: bodies may tell of a contact, in their locale and zone. It takes "
        "the scope contacts:read.",
    },
    "TrialRequest": {**CHOICE, "testers": "To whom; all must be verified."},
}
DATA = {"name": "Ada", "day": "Monday"}
SHOWN: dict[str, Any] = {
    "template": {"id": "appointment", "version": 3},
    "bodies": {"sms": {"text": "Ada, we expect you on Monday."}},
    "sms": {"encoding": "GSM-7", "parts": 1},
    "price": {
        "sms": {
            "amount": "0.01195",
            "currency": "USD",
            "estimated": True,
            "carrier_fees": "included",
        }
    },
    "reading_ease": {"sms": 78},
    "findings": [],
}
SENT = {
    "items": [
        {
            "tester": "ben",
            "channel": "email",
            "id": "msg_5m2c9vd0t7wq1x8e01jdd4k3zvh4t7r2mw9q",
            "status": "accepted",
            "reason": None,
        }
    ]
}


class PreviewedTemplate(Answered):
    """A version of a template."""

    id: TemplateId
    """The template."""
    version: Annotated[int, Field(ge=1)]
    """Its version."""


class Bodies(Answered):
    """What it says, by channel."""

    sms: dict[str, Any] = ABSENT
    """The text."""
    email: dict[str, Any] = ABSENT
    """The email."""
    voice: dict[str, Any] = ABSENT
    """The call."""


class Prices(Answered):
    """What it would cost, by channel; null where no price is known."""

    sms: Price | None = ABSENT
    """The text."""
    email: Price | None = ABSENT
    """The email."""
    voice: Price | None = ABSENT
    """The call."""


class ReadingEase(Answered):
    """How easy it is to read, by channel: 60 and more is plain language, below 30 very hard.

    By Flesch's formula for English, Spanish, French and German; null in other languages.
    """

    sms: int | None = ABSENT
    """The text."""
    email: int | None = ABSENT
    """The text of the email."""
    voice: int | None = ABSENT
    """The call."""


class Preview(Answered):
    """A template as somebody would get it."""

    template: PreviewedTemplate
    """The version that was looked at."""
    bodies: Bodies
    """What it says, by channel."""
    sms: SmsParts = ABSENT
    """How the text is billed; only of a text."""
    voice: Speech = ABSENT
    """Who reads the call aloud, and how long; only of a call."""
    price: Prices
    """What it would cost, by channel."""
    reading_ease: ReadingEase
    """How easy it is to read, by channel."""
    findings: list[Finding]
    """What is wrong with it, errors first in each channel."""


class SentTest(Answered):
    """A test that is on its way, or blocked."""

    tester: TesterId
    """To whom."""
    channel: Channel
    """How."""
    id: MessageId
    """Names the message."""
    status: Status
    """What became of it so far."""
    reason: str | None
    """Why it is blocked; null if it isn't."""


class RefusedTest(Answered):
    """A test that was refused."""

    tester: TesterId
    """To whom."""
    channel: Channel
    """How."""
    problem: Problem
    """Why."""


class Tests(Answered):
    """What became of each test."""

    items: Annotated[list[SentTest | RefusedTest], Field(max_length=60)]
    """One for each tester and channel that their address serves."""


OPERATIONS = (
    Operation(
        id="previewTemplate",
        method="POST",
        path="/v1/templates/{id}/preview",
        tag=TAG,
        summary="See a template as somebody would get it",
        description="With data, for a contact or for nobody in particular; with what is wrong in "
        "it, its parts, length and price. Nothing is stored or sent.",
        scope=Scope.TEMPLATES_READ,
        parameters=(TEMPLATE_PATH,),
        body=Body(PreviewModel, {"With data": {"data": DATA}}),
        answers=(Answer(200, "What it becomes.", Preview, {"A text": SHOWN}),),
        problems=(
            "unknown_template_id",
            *REFUSED,
        ),
    ),
    Operation(
        id="sendTest",
        method="POST",
        path="/v1/templates/{id}/test-send",
        tag=TAG,
        summary="Send a template to your testers",
        description="To verified testers alone, as a transactional message whatever the template's "
        "purpose is, so at any hour; what a tester has said no to stays unsent. Counts as one "
        "request for each tester.",
        scope=Scope.MESSAGES_WRITE,
        parameters=(TEMPLATE_PATH, IDEMPOTENCY_KEY),
        body=Body(TrialModel, {"To a tester": {"testers": ["ben"], "data": DATA}}),
        answers=(
            Answer(
                202,
                "What became of each.",
                Tests,
                {"One email": SENT},
            ),
        ),
        problems=(
            "unknown_template_id",
            "channel_without_content",
            "tester_not_verified",
            "wrong_purpose",
        ),
    ),
)
