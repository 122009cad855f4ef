"""The page to sign up with, and the form that others put into theirs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.adapters.pages.forms import fields_of
from outbound.adapters.pages.showing import (
    accepted,
    environment,
    gone,
    network_of,
    page,
    proof_of,
    said,
)
from outbound.adapters.pages.sign_up_form import Filled, filled
from outbound.adapters.pages.words import language_for, words
from outbound.flow.signing_up import SignUp, offered, sign_up
from outbound.flow.unsubscribing import ContactBusy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.programme import Programme
    from outbound.domain.words import Channel
    from outbound.flow.signing_up import SignUpPorts
    from outbound.ports import Links

LONGEST_ORIGIN = 200


def sign_up_page(
    token: str, event: APIGatewayProxyEventV2, links: Links, ports: SignUpPorts
) -> Response[str]:
    """Show the form, or take what was typed into it.

    What is answered is the same whether an address is known or not.
    """
    invitation = links.read_invitation(token)
    programme = (
        ports.programmes.get(invitation.tenant, invitation.programme) if invitation else None
    )
    channels = offered(programme, ports.numbers) if programme else ()
    if programme is None or not channels:
        return gone(event)
    if event.http_method != "POST":
        language = _language(event.query_string_parameters.get("language"), programme, event)
        return _form(programme, channels, language, Filled(), ports)
    fields = fields_of(event.body, encoded=bool(event.is_base64_encoded))
    language = _language(fields.get("language", [""])[0], programme, event)
    texts = words(language)
    form = filled(fields, channels, texts)
    if fields.get("seen", [""])[0] != fingerprint(programme, language):
        form = replace(form, agreed=False, note=texts["sign_up_changed"])
        return _form(programme, channels, language, form, ports, status=409)
    if form.wrong:
        return _form(programme, channels, language, form, ports, status=422)
    if not form.is_trap:
        proof = {**proof_of(event), "language": language}
        if origin := event.headers.get("origin"):
            proof["origin"] = origin[:LONGEST_ORIGIN]
        signed = SignUp(programme, form.addresses, language, network_of(event), proof)
        try:
            if not sign_up(signed, ports):
                return said("many", language, 429)
        except ContactBusy:
            return said("busy", language, 503)
    return page(
        "signed_up.html",
        language,
        brand=_brand(programme, ports),
        asked=sorted({each.kind for each in form.addresses}),
        continue_to=programme.continue_to,
    )


def embeddable(programme: Programme, language: str, url: str, channels: Sequence[Channel]) -> str:
    """A form without styles or scripts that sends to the page, for any other page."""
    texts = words(language)
    template = environment().get_template("embedded.html")
    return template.render(
        t=texts,
        language=language,
        url=url,
        seen=fingerprint(programme, language),
        programme=programme,
        wording=programme.wording[language],
        channels=channels,
    ).strip()


def fingerprint(programme: Programme, language: str) -> str:
    """What tells whether a form shows what people agree to as it is now."""
    shown = [programme.name, programme.brand, programme.wording[language]]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]


def _form(
    programme: Programme,
    channels: Sequence[Channel],
    language: str,
    form: Filled,
    ports: SignUpPorts,
    *,
    status: int = 200,
) -> Response[str]:
    others = [each for each in programme.languages if each != language]
    return page(
        "sign_up.html",
        language,
        status=status,
        programme=programme,
        brand=_brand(programme, ports),
        wording=programme.wording[language],
        channels=channels,
        form=form,
        seen=fingerprint(programme, language),
        others=[(each, words(each)["language"]) for each in others],
    )


def _language(wanted: str | None, programme: Programme, event: APIGatewayProxyEventV2) -> str:
    return programme.language(language_for(wanted, accepted(event)))


def _brand(programme: Programme, ports: SignUpPorts) -> str:
    return programme.brand or ports.speakers.of(programme.tenant).name
