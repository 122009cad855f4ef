"""Correcting an address in the preference centre, and the page behind the link that confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.pages.showing import accepted, gone, page, proof_of, said
from outbound.adapters.pages.sign_up_form import dialled, typed
from outbound.adapters.pages.words import language_for
from outbound.domain import address_rules
from outbound.domain.address import masked
from outbound.domain.link import Use
from outbound.flow.correcting import asked_by, confirm_address
from outbound.flow.unsubscribing import ContactBusy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.address import Address
    from outbound.flow.unsubscribing import PagePorts
    from outbound.ports import Corrections


def wanted(
    fields: Mapping[str, Sequence[str]], texts: Mapping[str, str], *, phone: bool
) -> tuple[list[Address], dict[str, str]]:
    """The addresses that were typed, and by field what would be right."""
    found, wrong = [], {}
    given = {"email": typed(fields, "email")}
    if phone:
        given["phone"] = dialled(typed(fields, "phone"))
    for name, text in given.items():
        read = address_rules.email if name == "email" else address_rules.phone
        if text:
            try:
                found.append(read(text))
            except ValueError:
                wrong[name] = texts[f"{name}_wrong"]
    if not found and not wrong:
        wrong["email"] = texts["one_needed" if phone else "email_wrong"]
    return found, wrong


def correct_page(
    token: str, event: APIGatewayProxyEventV2, ports: PagePorts, corrections: Corrections
) -> Response[str]:
    """Ask once more, or take the yes: `GET` shows and `POST` acts."""
    people = ports.people
    link = ports.links.read(token, Use.CORRECT)
    found = asked_by(link, people, corrections) if link else None
    if link is None or found is None:
        return gone(event)
    language = language_for(found.contact.locale, accepted(event))
    address = masked(found.address)
    if event.http_method != "POST" and not found.confirmed:
        return page("correct.html", language, address=address)
    try:
        if not found.confirmed and not confirm_address(found, proof_of(event), people):
            found = asked_by(link, people, corrections)
    except ContactBusy:
        return said("busy", language, 503)
    return page("corrected.html", language, address=address) if found else gone(event)
