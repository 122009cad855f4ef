"""What the bodies of a campaign may use: its data, and what is known of each contact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.errors import refused_at
from outbound.flow.links import check_data
from outbound.flow.organisation import ORGANISATION, Details

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from outbound.domain.contact import Contact
    from outbound.domain.content import Body
    from outbound.ports import Organisations

CONTACT, ATTRIBUTES = "contact", "attributes"


def data_of(
    stated: Mapping[str, Any], contact: Contact, organisations: Organisations
) -> Mapping[str, Any]:
    """What stands in bodies for a contact."""
    return {
        **stated,
        ORGANISATION: Details(contact.tenant, organisations),
        CONTACT: {
            "id": contact.id,
            "locale": contact.locale,
            "timezone": contact.timezone,
            "region": contact.region,
        },
        ATTRIBUTES: contact.attributes,
    }


def kept(body: Body) -> Body:
    """A body as it may be stored: of what the sender says of itself, what was used."""
    organisation = body.data.get(ORGANISATION)
    if not isinstance(organisation, Details):
        return body
    data = {name: value for name, value in body.data.items() if name != ORGANISATION}
    if organisation.used:
        data[ORGANISATION] = dict(organisation)
    return replace(body, data=data)


def check_stated(data: Mapping[str, Any]) -> None:
    """Raises Refusal when a campaign's data has a name of ours."""
    check_data(data)
    for name in (CONTACT, ATTRIBUTES):
        if name in data:
            message = f"data must not have {name}: bodies find each contact's own there."
            raise refused_at(f"/data/{name}", "reserved_name", message)
