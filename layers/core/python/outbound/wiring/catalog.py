"""The stores of what is kept in the catalog: what tenants set up, and what is noted beside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.adapters.dynamodb.alerts import DynamoAlerts
    from outbound.adapters.dynamodb.campaigns import DynamoCampaigns
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency
    from outbound.adapters.dynamodb.corrections import DynamoCorrections
    from outbound.adapters.dynamodb.coupons import DynamoCouponPools
    from outbound.adapters.dynamodb.erasures import DynamoErasures
    from outbound.adapters.dynamodb.event_rules import DynamoEventRules
    from outbound.adapters.dynamodb.keys import DynamoKeys
    from outbound.adapters.dynamodb.last_words import DynamoLastWords
    from outbound.adapters.dynamodb.media import DynamoMedia
    from outbound.adapters.dynamodb.organisations import DynamoOrganisations
    from outbound.adapters.dynamodb.programmes import DynamoProgrammes
    from outbound.adapters.dynamodb.segments import DynamoSegments
    from outbound.adapters.dynamodb.stops import DynamoStops
    from outbound.adapters.dynamodb.templates import DynamoTemplates
    from outbound.adapters.dynamodb.testers import DynamoTesters


@cache
def templates() -> DynamoTemplates:
    """The templates."""
    from outbound.adapters.dynamodb.templates import DynamoTemplates

    return DynamoTemplates(process.table("CATALOG"))


@cache
def organisations() -> DynamoOrganisations:
    """What tenants say of themselves."""
    from outbound.adapters.dynamodb.organisations import DynamoOrganisations

    return DynamoOrganisations(process.table("CATALOG"), process.clock)


@cache
def organisations_now() -> DynamoOrganisations:
    """The same, for who changes it or is told of it: as it is at this moment."""
    from datetime import timedelta

    from outbound.adapters.dynamodb.organisations import DynamoOrganisations

    return DynamoOrganisations(process.table("CATALOG"), process.clock, kept_for=timedelta())


@cache
def segments() -> DynamoSegments:
    """Who is meant, by what is known of them or by name."""
    from outbound.adapters.dynamodb.segments import DynamoSegments

    return DynamoSegments(process.table("CATALOG"))


@cache
def campaigns() -> DynamoCampaigns:
    """The campaigns."""
    from outbound.adapters.dynamodb.campaigns import DynamoCampaigns

    return DynamoCampaigns(process.table("CATALOG"), process.clock)


@cache
def alerts() -> DynamoAlerts:
    """The alerts."""
    from outbound.adapters.dynamodb.alerts import DynamoAlerts

    return DynamoAlerts(process.table("CATALOG"), process.clock, process.settings().retention)


@cache
def stops() -> DynamoStops:
    """The stopped channels."""
    from outbound.adapters.dynamodb.stops import DynamoStops

    return DynamoStops(process.table("CATALOG"), process.clock)


@cache
def media() -> DynamoMedia:
    """The files as they were announced."""
    from outbound.adapters.dynamodb.media import DynamoMedia

    return DynamoMedia(process.table("CATALOG"))


@cache
def coupon_pools() -> DynamoCouponPools:
    """The pools of coupons."""
    from outbound.adapters.dynamodb.coupons import DynamoCouponPools

    return DynamoCouponPools(process.table("CATALOG"), process.clock)


@cache
def programmes() -> DynamoProgrammes:
    """What people can sign up for."""
    from outbound.adapters.dynamodb.programmes import DynamoProgrammes

    return DynamoProgrammes(process.table("CATALOG"))


def event_rules() -> DynamoEventRules:
    """What is sent when which event is heard."""
    from outbound.adapters.dynamodb.event_rules import DynamoEventRules

    return DynamoEventRules(process.table("CATALOG"))


def testers() -> DynamoTesters:
    """Who may be sent tests."""
    from outbound.adapters.dynamodb.testers import DynamoTesters

    return DynamoTesters(process.table("CATALOG"))


@cache
def corrections() -> DynamoCorrections:
    """Addresses that are waited for."""
    from outbound.adapters.dynamodb.corrections import DynamoCorrections

    return DynamoCorrections(process.table("CATALOG"))


@cache
def last_words() -> DynamoLastWords:
    """What people have texted last."""
    from outbound.adapters.dynamodb.last_words import DynamoLastWords

    return DynamoLastWords(process.table("CATALOG"), process.secret())


@cache
def erasures() -> DynamoErasures:
    """How far erasures are."""
    from outbound.adapters.dynamodb.erasures import DynamoErasures

    return DynamoErasures(process.table("CATALOG"))


@cache
def keys() -> DynamoKeys:
    """The keys of tenants."""
    from outbound.adapters.dynamodb.keys import DynamoKeys

    return DynamoKeys(process.table("CATALOG"))


@cache
def idempotency() -> DynamoIdempotency:
    """What requests with an idempotency key have brought about."""
    from outbound.adapters.dynamodb.catalog import DynamoIdempotency

    return DynamoIdempotency(process.table("CATALOG"))
