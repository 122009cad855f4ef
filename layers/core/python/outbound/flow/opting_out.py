"""Opting out by text: at once for everything that waits, then in consents and ledger."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from outbound.domain.keywords import Kind
from outbound.domain.replies import Reply
from outbound.domain.suppression import BUT_ALERTS, Reason, Suppression
from outbound.domain.words import SUBSCRIBED, Channel, Purpose
from outbound.flow.answering import OPT_OUT
from outbound.flow.opting_in import lift
from outbound.flow.revoking import How, Revocation, revoke
from outbound.flow.talking import change, contacts_of, key_in, tell, tenants_of

if TYPE_CHECKING:
    from outbound.flow.talking import Heard, Talking

BY_PHONE = frozenset({Channel.SMS, Channel.VOICE})
SCOPES = {"all": None, "subscribed": SUBSCRIBED}
"""What a STOP silences, by the setting `sms.stop_scope`: None is all but alerts."""


def stop(heard: Heard, ports: Talking) -> None:
    """Suppress the number, tell its owner once, revoke what was granted.

    The suppression comes first and alone: the gate asks it for each message that leaves, whatever
    was queued or scheduled before. Whoever said start since has the last word.
    """
    text, party = heard.text, heard.number.party
    purposes = _silenced(heard, ports)
    ports.suppressions.suppress(
        party, text.sender, Suppression(Reason.OPTED_OUT, text.at, heard.source, purposes)
    )
    last = ports.last_words.hear(party, Kind.STOP, text)
    if last.kind is not Kind.STOP:
        lift(party, text.sender, last.said_at, ports)
        return
    if last.id == text.id:
        tell(heard, Reply.STOPPED, OPT_OUT, ports)
    revocation = Revocation(BY_PHONE, purposes or BUT_ALERTS)
    how = How("recipient", heard.source, heard.proof)
    for tenant in tenants_of(heard.number, ports):
        for contact in contacts_of(tenant, text.sender, ports):
            revoked = partial(
                revoke, revocation=revocation, how=how, at=text.at, key_of=key_in(tenant, ports)
            )
            change(contact, revoked, ports)


def _silenced(heard: Heard, ports: Talking) -> frozenset[Purpose] | None:
    """Alerts are silenced by a STOP alone that answers one."""
    if not heard.number.emergency:
        return ports.stop_scope
    return (ports.stop_scope or BUT_ALERTS) | {Purpose.EMERGENCY}
