"""What the API says of contacts, consents, suppressions, decisions and erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.answers import decision_body, message_body
from outbound.adapters.api.contact_requests import profile_of
from outbound.adapters.api.contents import content_body
from outbound.adapters.api.media_requests import media_body
from outbound.adapters.api.paging import cursor_of
from outbound.adapters.api.problems import document
from outbound.adapters.api.reminder_answers import reminder_body
from outbound.domain.address_marks import marks_of
from outbound.domain.errors import Refusal
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from outbound.domain.check import Check
    from outbound.domain.consent import Consent
    from outbound.domain.contact import Contact
    from outbound.domain.erasure import Erasure
    from outbound.domain.ledger import Written
    from outbound.domain.line import Line
    from outbound.domain.message import Decision
    from outbound.domain.suppression import Suppression
    from outbound.flow.exporting import Export
    from outbound.ports import Acknowledgement, SuppressionPage


def contact_body(contact: Contact) -> dict[str, Any]:
    """A contact as it is now."""
    return {
        "id": contact.id,
        "locale": None,
        "timezone": None,
        "region": None,
        **profile_of(contact),
        "emails": [{"email": email, "marks": list(marks_of(email))} for email in contact.emails],
        "phones": [
            {
                "phone": phone.value,
                "country": phone.country,
                "kind": phone.kind,
                "zones": list(phone.zones),
                "checks": [_check(check) for check in phone.checks],
                "line": _line(phone.line) if phone.line else None,
            }
            for phone in contact.phones
        ],
        "consents": _consents(contact.consents),
        "unconfirmed": [each.address.value for each in contact.corrections],
        "paused_until": _time(contact.paused_until),
        "created_at": _time(contact.created_at),
        "updated_at": _time(contact.updated_at),
    }


def _line(line: Line) -> dict[str, Any]:
    said = {"type": line.type, "carrier": line.carrier, "country": line.country}
    return {**said, "at": rfc3339(line.at)}


def _check(check: Check) -> dict[str, Any]:
    return {
        "kind": check.kind,
        "answer": check.answer,
        "since": check.since.isoformat() if check.since else None,
        "at": rfc3339(check.at),
        "source": check.source,
    }


def checks_body(results: Sequence[int | Refusal], request_id: str) -> dict[str, Any]:
    """What became of each look-up, in the order of the request."""
    return {
        "items": [
            {"index": index, "problem": document(each, request_id, within=f"/checks/{index}")}
            if isinstance(each, Refusal)
            else {"index": index, "contacts": each}
            for index, each in enumerate(results)
        ]
    }


def etag(contact: Contact) -> dict[str, str]:
    """The header that names the version of a contact."""
    return {"ETag": f'"{contact.version}"'}


def _consents(consents: Iterable[Consent]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    body: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for consent in consents:
        by_purpose = body.setdefault(consent.channel, {})
        by_purpose.setdefault(consent.purpose, []).append(
            {
                "status": consent.status,
                "level": consent.level.name.lower(),
                "topic": consent.topic,
                "source": consent.source,
                "at": rfc3339(consent.at),
                "expires_at": _time(consent.expires_at),
            }
        )
    return body


def history_body(written: Sequence[Written]) -> dict[str, Any]:
    """What the ledger has of a contact, oldest first."""
    return {
        "items": [
            {
                "number": each.entry.number,
                "kind": each.entry.kind,
                "at": rfc3339(each.entry.at),
                "by": each.entry.by,
                "facts": dict(each.entry.facts),
                "proof": dict(each.proof),
                "digests": dict(each.entry.digests),
                "salt": each.entry.salt,
                "previous": each.entry.previous,
                "digest": each.entry.digest,
            }
            for each in written
        ],
        "next_cursor": None,
    }


def suppressions_body(found: Iterable[Suppression]) -> dict[str, Any]:
    """What stands against an address."""
    return {"items": [suppression_body(each) for each in found], "next_cursor": None}


def suppression_page_body(page: SuppressionPage) -> dict[str, Any]:
    """Suppressed addresses, by the keyed digest that stands for each."""
    items = [
        {"address_key": key, "reasons": [suppression_body(each) for each in found]}
        for key, found in page.items
    ]
    return {"items": items, "next_cursor": cursor_of(page.after)}


def suppression_body(suppression: Suppression) -> dict[str, Any]:
    """One reason."""
    silenced = suppression.purposes
    return {
        "reason": suppression.reason,
        "at": rfc3339(suppression.at),
        "source": suppression.source,
        "purposes": sorted(silenced) if silenced is not None else None,
        "expires_at": _time(suppression.expires_at),
    }


def decisions_body(
    contact_ids: Sequence[str], results: Sequence[Decision | Refusal], request_id: str
) -> dict[str, Any]:
    """The gate's answers, in the order of the question."""
    items: list[dict[str, Any]] = []
    for index, (contact_id, result) in enumerate(zip(contact_ids, results, strict=True)):
        if isinstance(result, Refusal):
            place = f"/contact_ids/{index}"
            problem = document(result, request_id, within=place)
            items.append({"contact_id": contact_id, "problem": problem})
        else:
            items.append({"contact_id": contact_id, "decision": decision_body(result)})
    return {"items": items}


def export_body(export: Export) -> dict[str, Any]:
    """A part of all that is held of a contact."""
    return {
        "contact": contact_body(export.contact),
        "ledger": history_body(export.ledger)["items"],
        "suppressions": [
            {address.kind: address.value, "reasons": [suppression_body(each) for each in found]}
            for address, found in export.suppressed.items()
        ],
        "done_to_addresses": [
            {address.kind: address.value, "entries": history_body(entries)["items"]}
            for address, entries in export.done_to
        ],
        "testers": [
            {
                "id": each.id,
                each.address.kind: each.address.value,
                "verified_at": _time(each.verified_at),
            }
            for each in export.testers
        ],
        "media": [media_body(each) for each in export.media],
        "counted": [
            {
                "message_id": slot.message_id,
                "at": rfc3339(slot.at),
                "channel": slot.channel,
                "purpose": slot.purpose,
                "topic": slot.topic,
            }
            for slot in export.slots
        ],
        "texted": [
            {
                address.kind: address.value,
                "word": word.kind,
                "at": rfc3339(word.at),
                "repeated_at": rfc3339(word.said_at),
            }
            for address, word in export.said
        ],
        "messages": [
            {
                **message_body(told.message),
                "address": told.message.address.value,
                "content": content_body(told.body.content) if told.body.content else None,
                "data": told.body.data,
                "coupon": told.coupon,
                "links": list(told.links),
                "acknowledged": _acknowledged(told.acknowledged),
            }
            for told in export.messages
        ],
        "reminders": [reminder_body(each) for each in export.reminders],
        "next_cursor": cursor_of(export.after),
    }


def _acknowledged(acknowledgement: Acknowledgement | None) -> dict[str, Any] | None:
    if acknowledgement is None:
        return None
    return {"channel": acknowledgement.channel, "at": rfc3339(acknowledgement.at)}


def erasure_body(erasure: Erasure) -> dict[str, Any]:
    """How far an erasure is."""
    return {
        "id": erasure.id,
        "state": erasure.state,
        "requested_at": rfc3339(erasure.requested_at),
        "finished_at": _time(erasure.finished_at),
        "cancelled_messages": erasure.cancelled,
        "redacted_messages": erasure.redacted,
        "unlisted": list(erasure.unlisted),
    }


def _time(instant: datetime | None) -> str | None:
    return rfc3339(instant) if instant else None
