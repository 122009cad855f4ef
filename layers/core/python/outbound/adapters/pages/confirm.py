"""The page behind the link of an email that asks for a yes: GET shows, POST acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.adapters.pages.showing import accepted, gone, page, proof_of, said
from outbound.adapters.pages.words import language_for
from outbound.domain.address import masked
from outbound.domain.link import Use
from outbound.flow.confirming import confirm, question
from outbound.flow.unsubscribing import ContactBusy

if TYPE_CHECKING:
    from typing import Any

    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.flow.signing_up import SignUpPorts
    from outbound.flow.unsubscribing import PagePorts


def confirm_page(
    token: str, event: APIGatewayProxyEventV2, ports: PagePorts, sign_up: SignUpPorts
) -> Response[str]:
    """Ask once more, or take the yes."""
    link = ports.links.read(token, Use.CONFIRM)
    asked = question(link, ports, sign_up.programmes) if link else None
    if link is None or asked is None:
        return gone(event)
    programme = asked.programme
    language = programme.language(language_for(asked.contact.locale, accepted(event)))
    to_preferences = replace(
        link,
        use=Use.PREFERENCES,
        purpose=programme.purpose,
        topic=programme.topic,
        asked_at=None,
    )
    shown: dict[str, Any] = {
        "programme": programme,
        "wording": programme.wording[language],
        "brand": programme.brand or sign_up.speakers.of(programme.tenant).name,
        "address": masked(asked.address),
        "preferences": f"../p/{ports.links.token(to_preferences)}",
    }
    if event.http_method != "POST" and not asked.confirmed:
        return page("confirm.html", language, **shown)
    proof = {**proof_of(event), "wording": shown["wording"]}
    try:
        done = confirm(link, proof, ports, sign_up.programmes)
    except ContactBusy:
        return said("busy", language, 503)
    return page("confirmed.html", language, **shown) if done else gone(event)
