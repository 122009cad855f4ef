"""Pages for recipients, by a link that stood in a message: no cookie, no script, no name.

GET shows and POST acts: mail scanners follow links, and must change nothing
(RFC 8058, 3.2; https://www.rfc-editor.org/rfc/rfc8058).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from outbound.adapters.pages.correct import wanted
from outbound.adapters.pages.forms import about_text, fields_of, wish_of
from outbound.adapters.pages.showing import accepted, gone, page, proof_of, said
from outbound.adapters.pages.sign_up_form import typed
from outbound.adapters.pages.words import day, language_for, words
from outbound.domain import regions
from outbound.domain.address import masked
from outbound.domain.ids import address_key, contact_key
from outbound.domain.link import Link, Use
from outbound.domain.replies import LANGUAGES
from outbound.flow.correcting import correct
from outbound.flow.preferences import choose, preferences
from outbound.flow.unsubscribing import ContactBusy, unsubscribe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aws_lambda_powertools.event_handler import Response
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

    from outbound.domain.contact import Contact
    from outbound.flow.preferences import About, Preferences
    from outbound.flow.signing_up import SignUpPorts
    from outbound.flow.unsubscribing import PagePorts

SOMEBODY = "•••"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a request: the proof of it, and the words that it answers."""

    proof: Mapping[str, str]
    labels: Mapping[About, str] = field(default_factory=dict)
    locales: tuple[str, ...] = LANGUAGES


def unsubscribe_page(token: str, event: APIGatewayProxyEventV2, ports: PagePorts) -> Response[str]:
    """Ask, or do it: `POST` with any body at all, as mail clients send it."""
    link = ports.links.read(token, Use.UNSUBSCRIBE)
    if link is None:
        return gone(event)
    contact = _contact(link, ports)
    language = language_for(contact.locale if contact else None, accepted(event))
    shown: dict[str, Any] = {
        "what": label_of((link.channel, link.purpose, link.topic), language),
        "address": _address(link, contact, ports),
        "preferences": f"../p/{ports.links.token(_as(link, Use.PREFERENCES))}",
    }
    if event.http_method != "POST":
        return page("unsubscribe.html", language, **shown)
    try:
        unsubscribe(link, proof_of(event), ports)
    except ContactBusy:
        return said("busy", language, 503)
    return page("unsubscribed.html", language, **shown)


def preferences_page(
    token: str,
    event: APIGatewayProxyEventV2,
    ports: PagePorts,
    sign_up: SignUpPorts,
) -> Response[str]:
    """Show what one may choose, or do as the form says."""
    link = ports.links.read(token, Use.PREFERENCES)
    seen = preferences(link, ports) if link else None
    if link is None or seen is None:
        return gone(event)
    language = language_for(seen.contact.locale, accepted(event))
    phone = sign_up.numbers.of(link.tenant) is not None
    if event.http_method != "POST":
        return _shown(seen, language, phone=phone)
    labels = {each.about: label_of(each.about, language) for each in seen.choices}
    fields = fields_of(event.body, encoded=bool(event.is_base64_encoded))
    if "correct" in fields:
        return _corrected(link, fields, seen, event, ports, sign_up)
    wish = wish_of(fields, Asked(proof_of(event), labels))
    done = wish is not None and choose(link, wish, ports)
    now_seen = preferences(link, ports)
    if now_seen is None:
        return gone(event)
    language = language_for(now_seen.contact.locale, accepted(event))
    note = words(language)["saved" if done else "changed"]
    return _shown(now_seen, language, phone=phone, note=note, status=200 if done else 409)


def _corrected(
    link: Link,
    fields: Mapping[str, Sequence[str]],
    seen: Preferences,
    event: APIGatewayProxyEventV2,
    ports: PagePorts,
    sign_up: SignUpPorts,
) -> Response[str]:
    language = language_for(seen.contact.locale, accepted(event))
    texts, phone = words(language), sign_up.numbers.of(link.tenant) is not None
    addresses, wrong = wanted(fields, texts, phone=phone)
    if wrong:
        given = {name: typed(fields, name) for name in ("email", "phone")}
        return _shown(seen, language, phone=phone, given=given, wrong=wrong, status=422)
    done = fields.get("version", [""])[0] == str(seen.contact.version)
    for address in addresses if done else ():
        now_seen = preferences(link, ports)
        done = now_seen is not None and correct(
            now_seen.contact, address, proof_of(event), language, sign_up
        )
    now_seen = preferences(link, ports)
    if now_seen is None:
        return gone(event)
    note = texts["correct_asked" if done else "changed"]
    return _shown(now_seen, language, phone=phone, note=note, status=200 if done else 409)


def label_of(about: About, language: str) -> str:
    """`Offers and news: garden, by email`."""
    channel, purpose, topic = about
    texts = words(language)
    named = {"purpose": texts.get(purpose, purpose), "channel": texts[channel]}
    if topic is None:
        return texts["no_topic"].format(**named)
    return texts["topic"].format(**named, topic=texts.get(f"topic_{topic}", topic))


def _shown(
    seen: Preferences,
    language: str,
    *,
    phone: bool,
    note: str | None = None,
    given: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response[str]:
    contact = seen.contact
    choices = [
        {
            "value": about_text(each.about),
            "label": label_of(each.about, language),
            "on": each.on,
        }
        for each in seen.choices
    ]
    return page(
        "preferences.html",
        language,
        status=status,
        note=note,
        version=contact.version,
        addresses=[masked(each) for each in contact.addresses],
        waiting=[masked(each.address) for each in contact.corrections],
        phone=phone,
        given=given or {},
        wrong=wrong or {},
        choices=choices,
        until=day(contact.paused_until, language) if contact.paused_until and seen.paused else None,
        languages=[(each, words(each)["language"]) for each in LANGUAGES],
        zones=sorted(regions.zones()),
        timezone=contact.timezone,
    )


def _contact(link: Link, ports: PagePorts) -> Contact | None:
    for contact in ports.people.contacts.having(link.tenant, link.address_key):
        if contact_key(ports.people.secret, link.tenant, contact.id) == link.contact_key:
            return contact
    return None


def _address(link: Link, contact: Contact | None, ports: PagePorts) -> str:
    for address in contact.addresses if contact else ():
        if address_key(ports.people.secret, link.tenant, address.value) == link.address_key:
            return masked(address)
    return SOMEBODY


def _as(link: Link, use: Use) -> Link:
    return Link(
        use,
        link.tenant,
        link.address_key,
        link.contact_key,
        link.channel,
        link.purpose,
        link.topic,
    )
