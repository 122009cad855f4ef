"""What a row makes of a contact: read as the API reads a change, and never less careful.

A row adds to what a contact doesn't want and takes nothing of that away. A yes needs all that
proves it, whatever its level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.api.contact_models import ContactModel
from outbound.adapters.api.contact_requests import merged, profile_of, wanted_of
from outbound.adapters.api.reading import canonical, read
from outbound.domain.errors import Fault, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from outbound.domain.contact import Contact
    from outbound.domain.wanted import Wanted

NEEDED = ("level", "source", "at", "wording", "proof")


def changing(patch: Mapping[str, Any], now: datetime) -> Callable[[Contact | None], Wanted]:
    """What a merge patch (RFC 7396) makes of a contact, or of nobody.

    The function raises Refusal where that can't be.
    """

    def want(contact: Contact | None) -> Wanted:
        faults = tuple(_unproved(patch.get("consents")))
        if faults:
            raise Refusal("proof_required", faults[0].message, *faults)
        profile = profile_of(contact) if contact is not None else {}
        target = merged(profile, {**patch, **_forbidden(profile, patch)})
        return wanted_of(read(ContactModel, canonical(target)), now)

    return want


def _forbidden(profile: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    before, more = profile.get("forbidden", []), patch.get("forbidden") or []
    return {"forbidden": [*before, *more] if isinstance(more, list) else more}


def _unproved(consents: Any) -> Iterator[Fault]:
    for place, statement in _statements(consents):
        if statement.get("status") != "granted":
            continue
        for name in NEEDED:
            if not statement.get(name):
                message = f"An import takes a yes only with its {', '.join(NEEDED)}."
                yield Fault(f"{place}/{name}", "proof_required", message)


def _statements(consents: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Whatever looks like a statement; what doesn't is refused when it is read."""
    for channel, purposes in consents.items() if isinstance(consents, dict) else ():
        for purpose, found in purposes.items() if isinstance(purposes, dict) else ():
            place = f"/consents/{channel}/{purpose}"
            if isinstance(found, dict):
                yield place, found
            for index, each in enumerate(found if isinstance(found, list) else ()):
                if isinstance(each, dict):
                    yield f"{place}/{index}", each
