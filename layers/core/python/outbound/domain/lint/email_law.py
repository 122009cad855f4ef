"""What the law wants to read in email."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.lint.reading import page, squeezed, urls
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.lint.finding import Draft, Finding

ADDRESS_LAW = "15 U.S.C. 7704(a)(5)(A)(iii) (CAN-SPAM); S.C. 2010 c. 23 s. 6(2) (CASL)"
OPT_OUT_LAW = (
    "15 U.S.C. 7704(a)(3)(A) and (5)(A)(ii) (CAN-SPAM); S.C. 2010 c. 23 s. 6(2)(c), 11 (CASL); "
    "Directive 2002/58/EC Art. 13(2), (4)"
)


def postal_address(draft: Draft) -> Iterator[Finding]:
    """Marketing says where its sender lives, in each body that may be read."""
    if not _is_marketing(draft):
        return
    address = draft.organisation.postal_address
    for body in _read(draft):
        text = draft.bodies[body]
        seen = page(text).text if body == "html" else text
        if address is None:
            message = (
                "Marketing email must show your postal address: set postal_address by "
                "PUT /v1/settings, and put {{ organisation.postal_address }} here."
            )
        elif squeezed(address) in squeezed(seen):
            continue
        else:
            message = "Marketing email must show {{ organisation.postal_address }} here."
        yield draft.error("email.postal-address", body, message, ADDRESS_LAW)


def unsubscribe(draft: Draft) -> Iterator[Finding]:
    """Marketing can be opted out of by a link that is seen; a header alone isn't."""
    if not _is_marketing(draft):
        return
    for body in _read(draft):
        text = draft.bodies[body]
        if body == "html":
            links = [url for url, said in page(text).links if said.strip()]
        else:
            links = urls(text)
        if not set(links) & set(draft.opt_outs):
            message = (
                "Marketing email must have a link that people see and can opt out by: "
                "{{ links.unsubscribe }} or {{ links.preferences }}."
            )
            yield draft.error("email.unsubscribe", body, message, OPT_OUT_LAW)


RULES = (postal_address, unsubscribe)


def _is_marketing(draft: Draft) -> bool:
    return draft.channel is Channel.EMAIL and draft.purpose is Purpose.MARKETING


def _read(draft: Draft) -> list[str]:
    return [body for body in ("text", "html") if body in draft.bodies]
