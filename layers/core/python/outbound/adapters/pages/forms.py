"""Forms that recipients send, read with care: anybody can send anything."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from outbound.domain import regions
from outbound.domain.words import Channel, Purpose
from outbound.flow.preferences import Wish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound.adapters.pages.people import Asked
    from outbound.flow.preferences import About

LARGEST, MOST = 10_000, 200
"""Bytes of a form, and its fields."""
NO_TOPIC = "*"


def fields_of(body: str | None, *, encoded: bool) -> Mapping[str, Sequence[str]]:
    """The fields of a form; none of what isn't one."""
    text = body or ""
    if encoded:
        try:
            text = base64.b64decode(text).decode()
        except (binascii.Error, ValueError):
            return {}
    if len(text) > LARGEST:
        return {}
    try:
        return parse_qs(text, max_num_fields=MOST)
    except ValueError:
        return {}


def about_text(about: About) -> str:
    """`email.marketing.offers`: how a form names a choice."""
    channel, purpose, topic = about
    return f"{channel}.{purpose}.{topic or NO_TOPIC}"


def wish_of(fields: Mapping[str, Sequence[str]], asked: Asked) -> Wish | None:
    """What a form wishes, None where it isn't ours."""
    version = fields.get("version", [""])[0]
    if not (version.isascii() and version.isdigit() and len(version) <= 9):
        return None
    if "nothing" in fields:
        return Wish(int(version), nothing=True, proof=asked.proof)
    zone = fields.get("timezone", [""])[0]
    locale = fields.get("locale", [""])[0]
    return Wish(
        version=int(version),
        on=frozenset(filter(None, map(_about, fields.get("on", ())))),
        pause="pause" in fields,
        locale=locale if locale in asked.locales else None,
        timezone=zone if zone in regions.zones() else None,
        labels=asked.labels,
        proof=asked.proof,
    )


def _about(text: str) -> About | None:
    channel, _, rest = text.partition(".")
    purpose, _, topic = rest.partition(".")
    try:
        return Channel(channel), Purpose(purpose), None if topic == NO_TOPIC else topic
    except ValueError:
        return None
