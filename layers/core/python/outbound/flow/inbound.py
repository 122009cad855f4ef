"""Inbound: what people text us. Each text has its effect once, however often it comes.

The effect comes first and its mark last, so a text that was half worked off is worked off again:
each step finds what it has done already.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outbound.domain.keywords import Kind, meaning
from outbound.domain.suppression import ANY_TENANT
from outbound.domain.words import Mode
from outbound.flow.joining import join
from outbound.flow.opting_in import confirm, start
from outbound.flow.opting_out import stop
from outbound.flow.talking import Heard, answer_help
from outbound.ports import Claim

if TYPE_CHECKING:
    from outbound.domain.inbound import InboundText
    from outbound.flow.talking import Talking
    from outbound.ports import Idempotency

HANDLERS = {
    Kind.STOP: stop,
    Kind.START: start,
    Kind.YES: confirm,
    Kind.HELP: answer_help,
    Kind.JOIN: join,
}


@dataclass(frozen=True, slots=True)
class Inbound:
    """What inbound works with."""

    talking: Talking
    idempotency: Idempotency


def hear(text: InboundText, ports: Inbound) -> None:
    """Do what a text asks for."""
    talking = ports.talking
    claim = Claim(_fingerprint(text), text.id, talking.clock.now())
    earlier = ports.idempotency.find(ANY_TENANT, Mode.LIVE, _key(text), claim.at)
    if earlier is not None:
        if earlier.fingerprint != claim.fingerprint:
            talking.signals.count("StrangeInbound")
        return
    if text.to not in talking.numbers.known:
        talking.signals.count("UnknownNumber")
    said = meaning(text.body)
    if said is None:
        talking.signals.count("UnknownWords")
    else:
        heard = Heard(text, said, talking.numbers.number(text.to))
        HANDLERS[said.kind](heard, talking)
        talking.signals.count(f"Heard{said.kind.capitalize()}")
    ports.idempotency.reserve(ANY_TENANT, Mode.LIVE, _key(text), claim)


def _key(text: InboundText) -> str:
    return f"inbound:{text.id}"


def _fingerprint(text: InboundText) -> str:
    said = "\0".join((text.sender.value, text.to, text.body))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
