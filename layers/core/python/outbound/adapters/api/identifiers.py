"""Identifiers of the caller's choosing, as requests hold them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from outbound.adapters.api.forms import form, name
from outbound.domain.locale import PATTERN

ContactId = Annotated[
    str,
    form(
        r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,63}$",
        "Must be 1 to 64 letters, digits or any of - _ . : @, beginning with a letter or digit, "
        "such as customer-1042.",
    ),
]
PoolId = Annotated[str, name(64)]
TemplateId = Annotated[str, name(64)]
RuleId = Annotated[str, name(64)]
SegmentId = Annotated[str, name(64)]
TesterId = Annotated[str, name(64)]
WebhookId = Annotated[str, name(64)]
ProgrammeId = Annotated[str, name(64)]
KeyId = Annotated[str, Field(min_length=1, max_length=80)]
IdempotencyKey = Annotated[
    str,
    form(
        r"^[\x21-\x7e]{1,255}$",
        "Must be 1 to 255 visible ASCII characters without spaces, such as order-77-shipped.",
    ),
]
Tenant = Annotated[str, name(40)]
Topic = Annotated[str, name(64)]
MediaId = Annotated[
    str, form(r"^med_[0-9a-z]{20}$", "Must be the id of a file, such as med_4fz7k2m9q0x8c1v6b3n5.")
]
Locale = Annotated[
    str, form(PATTERN, "Must be a language, perhaps with script and country, such as es-MX.")
]
