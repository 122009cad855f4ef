"""Answering: one text back to a person, at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from outbound.domain import sms_text
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.flow.notices import Notice, send_notice

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.inbound import InboundText
    from outbound.flow.notices import NoticePorts

ANSWERED_WITHIN = timedelta(minutes=5)
"""47 CFR 64.1200(a)(12): a confirmation within five minutes counts as what was consented to."""
OPT_OUT, OPT_IN, HELP = "outbound:opt-out", "outbound:opt-in", "outbound:help"
CONTENT = Content(Channel.SMS, {"text": "{{ text }}"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell whom: `contact_id` is who is answered, among those of `tenant`.

    `origination` is the number that was texted, if it is known to be ours.
    """

    tenant: str
    contact_id: str
    topic: str
    text: str
    origination: str | None = None


def answer(
    to: InboundText, what: Answer, ports: NoticePorts, *, once_an_hour: bool = False
) -> bool:
    """Write the answer and queue it; False when there is one already, or it would be too late."""
    expires_at = to.at + ANSWERED_WITHIN
    if ports.clock.now() >= expires_at:
        return False
    notice = Notice(
        tenant=what.tenant,
        contact_id=what.contact_id,
        address=to.sender,
        topic=what.topic,
        content=CONTENT,
        data={"text": what.text},
        cause=(_hour(to.at), to.sender.value) if once_an_hour else (to.at, to.id),
        expires_at=expires_at,
        sms=sms_text.split(what.text),
        origination=what.origination,
    )
    return send_notice(notice, ports)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
