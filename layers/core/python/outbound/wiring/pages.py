"""The public pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, contacts, files, links, notices, permission, process, stores

if TYPE_CHECKING:
    from outbound.flow.alerts.acknowledging import AcknowledgePorts
    from outbound.flow.following import FollowPorts
    from outbound.flow.media_page import MediaPagePorts
    from outbound.flow.signing_up import SignUpPorts
    from outbound.flow.unsubscribing import PagePorts


@cache
def page_ports() -> PagePorts:
    """What the public pages work with."""
    from outbound.flow.unsubscribing import PagePorts

    return PagePorts(contacts.people(), permission.mirrored(), links.signed())


@cache
def sign_up_ports() -> SignUpPorts:
    """What signing up works with."""
    from outbound.adapters.dynamodb.attempts import DynamoAttempts
    from outbound.adapters.two_way import read_numbers
    from outbound.flow.signing_up import SignUpPorts

    return SignUpPorts(
        people=contacts.people(),
        programmes=catalog.programmes(),
        attempts=DynamoAttempts(process.table("CATALOG")),
        notices=notices.notice_ports(),
        speakers=notices.speakers(),
        senders=process.settings().senders,
        numbers=read_numbers(process.settings().two_way),
        corrections=catalog.corrections(),
    )


@cache
def follow_ports() -> FollowPorts:
    """What the following of links works with."""
    from outbound.flow.following import FollowPorts

    return FollowPorts(
        process.clock,
        process.secret(),
        stores.short_links(),
        links.signed(),
        stores.messages(),
        stores.contacts(),
    )


@cache
def media_page_ports() -> MediaPagePorts:
    """What the pages of files work with."""
    from outbound.flow.media_page import MediaPagePorts

    return MediaPagePorts(
        clock=process.clock,
        catalog=catalog.media(),
        files=files.media(),
        links=links.signed(),
        speakers=notices.speakers(),
    )


@cache
def acknowledge_ports() -> AcknowledgePorts:
    """What the page of an alert works with."""
    from outbound.flow.alerts.acknowledging import AcknowledgePorts

    return AcknowledgePorts(process.clock, catalog.alerts(), links.signed())
