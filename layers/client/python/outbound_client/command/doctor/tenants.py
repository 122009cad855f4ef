"""Checks of the domains that tenants send email from: the same as of the deployment's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account import NotKnown
from outbound_client.command.doctor import email, sender_domain
from outbound_client.command.doctor.verdict import Check

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

OF_A_DOMAIN = (*email.OF_A_DOMAIN, *sender_domain.CHECKS)


def checks(facts: Facts) -> list[Check]:
    """Those of each domain, with its name behind theirs: `email.dkim.clinic.org`."""
    try:
        domains = facts.deployed.domains
    except NotKnown:
        return []
    return [_of(check, domain) for domain in domains for check in OF_A_DOMAIN]


def _of(check: Check, domain: str) -> Check:
    return Check(f"{check.name}.{domain}", lambda facts: check.judge(facts.of_domain(domain)))
