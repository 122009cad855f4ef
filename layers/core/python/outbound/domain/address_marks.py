"""What an email address tells by itself: that it is a role's, or of a domain that is thrown away.

Such an address is written to like any other; whoever keeps the list may want to look at it.
"""

from __future__ import annotations

import re
from enum import StrEnum


class AddressMark(StrEnum):
    """ROLE: read by whoever has a post, not by one person. DISPOSABLE: soon nobody's."""

    ROLE = "role"
    DISPOSABLE = "disposable"


_ROLES = re.compile(
    # https://www.rfc-editor.org/rfc/rfc2142 sections 3 to 6, all of it.
    r"info|marketing|sales|support|abuse|noc|security|postmaster|hostmaster|usenet|news|webmaster"
    r"|www|uucp|ftp"
    # Reviewed 2026-11-28: what means a post wherever we looked, in five languages. Left out is what
    # may be somebody's name, or their choice (hi, me, shop).
    r"|accounts?|accounting|admin|administration|administrator|billing|bookings?|careers|compliance"
    r"|contact|customer-?care|customer-?service|dpo|editor|enquir(y|ies)|inquir(y|ies)|events"
    r"|feedback|finance|frontdesk|helpdesk|hr|invoices?|it|jobs|legal|mailer-?daemon|media|office"
    r"|orders|payroll|press|privacy|reception|recruitment|registrar|reservations|root|secretary"
    r"|service|staff|subscribe|sysadmin|team|unsubscribe|no-?reply|do-?not-?reply"
    r"|bewerbung|buchhaltung|datenschutz|kontakt|kundenservice|rechnung|vertrieb|verwaltung"
    r"|accueil|comptabilite|commercial|direction|secretariat"
    r"|administracion|contacto|facturacion|rrhh|ventas"
    r"|amministrazione|contatti|fatturazione|segreteria"
)


def marks_of(email: str) -> tuple[AddressMark, ...]:
    """What is to be said of an address, by its two parts."""
    local, _, domain = email.lower().rpartition("@")
    marks = [AddressMark.ROLE] if _ROLES.fullmatch(local.partition("+")[0]) else []
    if _disposable(domain):
        marks.append(AddressMark.DISPOSABLE)
    return tuple(marks)


def _disposable(domain: str) -> bool:
    # It has some thousand names, so only who looks at an address pays for loading them.
    from disposable_email_domains import blocklist

    parts = domain.split(".")
    return any(".".join(parts[at:]) in blocklist for at in range(len(parts) - 1))
