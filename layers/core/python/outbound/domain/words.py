"""The closed vocabularies of the platform."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a message reaches a person."""

    EMAIL = "email"
    SMS = "sms"
    VOICE = "voice"


class Purpose(StrEnum):
    """Why a message is sent; the purpose decides which rules apply."""

    TRANSACTIONAL = "transactional"
    INFORMATIONAL = "informational"
    HEALTHCARE = "healthcare"
    MARKETING = "marketing"
    EMERGENCY = "emergency"


SUBSCRIBED = frozenset({Purpose.MARKETING, Purpose.INFORMATIONAL})
"""What somebody is sent until they say no."""


class RouteMode(StrEnum):
    """How a request over several channels uses them: until one has it delivered, or all."""

    FIRST = "first"
    ALL = "all"


class Lane(StrEnum):
    """How urgent a message is; a full lane never delays another."""

    CRITICAL = "critical"
    EXPRESS = "express"
    BULK = "bulk"


class Mode(StrEnum):
    """Whether a provider is really called: the mode of the API key that asked."""

    LIVE = "live"
    TEST = "test"


class OnUnconfirmed(StrEnum):
    """What to do when nobody can say whether a provider took a message."""

    NEVER = "never"
    RESEND = "resend"


class Scope(StrEnum):
    """What an API key may do."""

    MESSAGES_WRITE = "messages:write"
    MESSAGES_READ = "messages:read"
    TEMPLATES_WRITE = "templates:write"
    TEMPLATES_READ = "templates:read"
    KEYS_WRITE = "keys:write"
    MEDIA_WRITE = "media:write"
    MEDIA_READ = "media:read"
    CONTACTS_WRITE = "contacts:write"
    CONTACTS_READ = "contacts:read"
    CONTACTS_ERASE = "contacts:erase"
    CONTACTS_EXPORT = "contacts:export"
    CAMPAIGNS_WRITE = "campaigns:write"
    CAMPAIGNS_READ = "campaigns:read"
    CAMPAIGNS_LAUNCH = "campaigns:launch"
    SUPPRESSIONS_WRITE = "suppressions:write"
    SUPPRESSIONS_READ = "suppressions:read"
    SEGMENTS_WRITE = "segments:write"
    SEGMENTS_READ = "segments:read"
    PROGRAMMES_WRITE = "programmes:write"
    PROGRAMMES_READ = "programmes:read"
    COUPONS_WRITE = "coupons:write"
    COUPONS_READ = "coupons:read"
    SETTINGS_WRITE = "settings:write"
    SETTINGS_READ = "settings:read"
    REMINDERS_WRITE = "reminders:write"
    REMINDERS_READ = "reminders:read"
    TESTERS_WRITE = "testers:write"
    TESTERS_READ = "testers:read"
    WEBHOOKS_WRITE = "webhooks:write"
    WEBHOOKS_READ = "webhooks:read"
    RULES_WRITE = "rules:write"
    RULES_READ = "rules:read"
    STATS_READ = "stats:read"
    BUDGETS_WRITE = "budgets:write"
    BUDGETS_READ = "budgets:read"
    ALERTS_WRITE = "alerts:write"
    ALERTS_READ = "alerts:read"
    ALERTS_APPROVE = "alerts:approve"


def default_on_unconfirmed(purpose: Purpose) -> OnUnconfirmed:
    """A second promotion or dose reminder harms more than a missing one."""
    cautious = (Purpose.MARKETING, Purpose.HEALTHCARE)
    return OnUnconfirmed.NEVER if purpose in cautious else OnUnconfirmed.RESEND
