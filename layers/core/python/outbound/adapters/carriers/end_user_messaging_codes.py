"""What the codes and reasons of AWS End User Messaging mean.

Codes and reasons are those of the service's API model (a test compares them with the botocore that
we deploy), their meanings those of
https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
Where AWS gives a reason, it says more than its exception.

Nothing that depends on the recipient, a country, the purpose or the media of one message may stop
the channel: it would stop everyone else's messages too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.outcome import Kind
from outbound.domain.suppression import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_OF_A_SEND = (
    # ServiceQuotaExceededException: how many of something an account may have or make.
    "ASSOCIATIONS_PER_REGISTRATION",
    "CONFIGURATION_SETS_PER_ACCOUNT",
    "DAILY_NOTIFY_TIER_MESSAGE_LIMIT",
    "EVENT_DESTINATIONS_PER_CONFIGURATION_SET",
    "KEYWORDS_PER_PHONE_NUMBER",
    "KEYWORDS_PER_POOL",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_NOTIFY",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_RCS",
    "NOTIFY_CONFIGURATIONS_PER_ACCOUNT",
    "OPT_OUT_LISTS_PER_ACCOUNT",
    "ORIGINATION_IDENTITIES_PER_POOL",
    "PHONE_NUMBERS_PER_ACCOUNT",
    "PHONE_NUMBERS_PER_REGISTRATION",
    "POOLS_PER_ACCOUNT",
    "PROTECT_CONFIGURATIONS_PER_ACCOUNT",
    "RCS_AGENTS_PER_ACCOUNT",
    "REGISTRATIONS_PER_ACCOUNT",
    "REGISTRATION_ATTACHMENTS_CREATED_PER_DAY",
    "REGISTRATION_ATTACHMENTS_PER_ACCOUNT",
    "REGISTRATION_VERSIONS_CREATED_PER_DAY",
    "SENDER_IDS_PER_ACCOUNT",
    "TAGS_PER_RESOURCE",
    "VERIFICATION_ATTEMPTS_PER_DAY",
    "VERIFIED_DESTINATION_NUMBERS_PER_ACCOUNT",
    # ConflictException: changes of numbers, pools, registrations and the like.
    "CREATE_REGISTRATION_VERSION_NOT_ALLOWED",
    "DELETION_PROTECTION_ENABLED",
    "DISASSOCIATE_REGISTRATION_NOT_ALLOWED",
    "DISCARD_REGISTRATION_VERSION_NOT_ALLOWED",
    "EDIT_REGISTRATION_FIELD_VALUES_NOT_ALLOWED",
    "EVENT_DESTINATION_MISMATCH",
    "KEYWORD_MISMATCH",
    "LAST_PHONE_NUMBER",
    "NOTIFY_CONFIGURATION_NOT_ACTIVE",
    "OPT_OUT_LIST_MISMATCH",
    "PHONE_NUMBER_ASSOCIATED_TO_POOL",
    "PHONE_NUMBER_ASSOCIATED_TO_REGISTRATION",
    "PHONE_NUMBER_NOT_ASSOCIATED_TO_POOL",
    "PHONE_NUMBER_NOT_IN_REGISTRATION_REGION",
    "POOL_ASSOCIATED_TO_NOTIFY_CONFIGURATION",
    "PROTECT_CONFIGURATION_ASSOCIATED_WITH_CONFIGURATION_SET",
    "PROTECT_CONFIGURATION_IS_ACCOUNT_DEFAULT",
    "PROTECT_CONFIGURATION_NOT_ASSOCIATED_WITH_CONFIGURATION_SET",
    "RCS_AGENT_ALREADY_ASSOCIATED_TO_REGISTRATION_TYPE",
    "RCS_AGENT_ASSOCIATED_TO_POOL",
    "REGISTRATION_ALREADY_SUBMITTED",
    "REGISTRATION_NOT_COMPLETE",
    "RESOURCE_ALREADY_ASSOCIATED",
    "RESOURCE_ALREADY_EXISTS",
    "RESOURCE_DELETION_NOT_ALLOWED",
    "RESOURCE_MODIFICATION_NOT_ALLOWED",
    "RESOURCE_NOT_EMPTY",
    "SELF_MANAGED_OPT_OUTS_MISMATCH",
    "SENDER_ID_ASSOCIATED_TO_POOL",
    "SUBMIT_REGISTRATION_VERSION_NOT_ALLOWED",
    "TWO_WAY_CONFIG_MISMATCH",
    "VERIFICATION_ALREADY_COMPLETE",
    "VERIFICATION_CODE_EXPIRED",
    # ValidationException: questions about lists, registrations and two-way numbers.
    "ATTACHMENT_TYPE_NOT_SUPPORTED",
    "CANNOT_ADD_OPTED_OUT_NUMBER",
    "INVALID_FILTER_VALUES",
    "INVALID_NEXT_TOKEN",
    "INVALID_REGISTRATION_ASSOCIATION",
    "PHONE_NUMBER_CANNOT_BE_OPTED_IN",
    "PHONE_NUMBER_CANNOT_BE_RELEASED",
    "REGISTRATION_FIELD_CANNOT_BE_DELETED",
    "REQUESTED_SPEND_LIMIT_HIGHER_THAN_SERVICE_LIMIT",
    "TWO_WAY_CHANNEL_NOT_PRESENT",
    "TWO_WAY_NOT_ENABLED",
    "TWO_WAY_NOT_SUPPORTED_IN_COUNTRY",
    "TWO_WAY_NOT_SUPPORTED_IN_REGION",
    "TWO_WAY_TOPIC_NOT_PRESENT",
    "UNKNOWN_REGISTRATION_FIELD",
    "UNKNOWN_REGISTRATION_SECTION",
    "UNKNOWN_REGISTRATION_TYPE",
    "UNKNOWN_REGISTRATION_VERSION",
    "VERIFICATION_CODE_MISMATCH",
)
"""Answers to what we never ask. Should one come, it is taken as any code that we don't know."""

OUTCOMES: Mapping[str, Kind] = {
    **dict.fromkeys(NOT_OF_A_SEND, Kind.TEMPORARY),
    # The exceptions, for where their reason is missing or new.
    "ThrottlingException": Kind.TEMPORARY,
    "InternalServerException": Kind.TEMPORARY,
    "ServiceQuotaExceededException": Kind.STOPPED,
    "AccessDeniedException": Kind.STOPPED,
    "ResourceNotFoundException": Kind.STOPPED,
    "ValidationException": Kind.PERMANENT,
    "ConflictException": Kind.TEMPORARY,
    # ServiceQuotaExceededException
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT": Kind.STOPPED,
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_VOICE": Kind.STOPPED,
    # Media messages share their channel with texts, which have a limit of their own.
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_MEDIA": Kind.TEMPORARY,
    # Calls to this number alone; tomorrow it may be called again, if the message still stands.
    "DAILY_DESTINATION_CALL_LIMIT": Kind.TEMPORARY,
    # AccessDeniedException
    "INSUFFICIENT_ACCOUNT_REPUTATION": Kind.STOPPED,
    "ACCOUNT_DISABLED": Kind.STOPPED,
    # ConflictException
    "DESTINATION_PHONE_NUMBER_OPTED_OUT": Kind.PERMANENT,
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION": Kind.PERMANENT,
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE": Kind.PERMANENT,
    # The sandbox: verified numbers may go, and this one as soon as the account has left it.
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED": Kind.TEMPORARY,
    # No number of ours serves this destination; others it does:
    # https://github.com/department-of-veterans-affairs/notification-api/pull/2633
    "NO_ORIGINATION_IDENTITIES_FOUND": Kind.PERMANENT,
    # The number is for the other type of message: of marketing, or of everything else.
    "MESSAGE_TYPE_MISMATCH": Kind.PERMANENT,
    "NUMBER_CAPABILITIES_MISMATCH": Kind.STOPPED,
    "RESOURCE_NOT_ACTIVE": Kind.STOPPED,
    # ValidationException: what the destination's country doesn't allow
    "COUNTRY_CODE_MISMATCH": Kind.PERMANENT,
    "COUNTRY_NOT_ENABLED": Kind.PERMANENT,
    "DESTINATION_COUNTRY_BLOCKED": Kind.PERMANENT,
    "INTERNATIONAL_SENDING_NOT_SUPPORTED": Kind.PERMANENT,
    "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY": Kind.PERMANENT,
    "SENDER_ID_NOT_REGISTERED": Kind.PERMANENT,
    "SENDER_ID_NOT_SUPPORTED": Kind.PERMANENT,
    "SENDER_ID_REQUIRES_REGISTRATION": Kind.PERMANENT,
    # what is wrong with this message
    "CANNOT_PARSE": Kind.PERMANENT,
    "FIELD_VALIDATION_FAILED": Kind.PERMANENT,
    "INVALID_PARAMETER": Kind.PERMANENT,
    "INVALID_REQUEST": Kind.PERMANENT,
    "MAXIMUM_SIZE_EXCEEDED": Kind.PERMANENT,
    "MEDIA_TYPE_NOT_SUPPORTED": Kind.PERMANENT,
    "MISSING_PARAMETER": Kind.PERMANENT,
    "OTHER": Kind.PERMANENT,
    "PARAMETERS_CANNOT_BE_USED_TOGETHER": Kind.PERMANENT,
    "PRICE_OVER_THRESHOLD": Kind.PERMANENT,
    "UNSPECIFIED_PARAMETER_NOT_SUPPORTED": Kind.PERMANENT,
    # and with the deployment or the account
    "INVALID_ARN": Kind.STOPPED,
    "RESOURCE_NOT_ACCESSIBLE": Kind.STOPPED,
    "UNKNOWN_OPERATION": Kind.STOPPED,
    # AWS doesn't say whether these two are of the account or of a destination: no one is stopped.
    "CHANNEL_NOT_ENABLED": Kind.TEMPORARY,
    "VOICE_CAPABILITY_NOT_AVAILABLE": Kind.TEMPORARY,
}

SUPPRESSED: Mapping[str, Reason] = {"DESTINATION_PHONE_NUMBER_OPTED_OUT": Reason.OPTED_OUT}

PERMANENT_FOR_MEDIA = frozenset({"NUMBER_CAPABILITIES_MISMATCH", "RESOURCE_NOT_ACCESSIBLE"})
"""A number that sends no media, or a file out of reach, says nothing of texts."""

SETTINGS = frozenset(
    {
        "configurationsetname",
        "maxprice",
        "maxpriceperminute",
        "originationidentity",
        "protectconfigurationid",
        "timetolive",
    }
)
"""Fields that the deployment fills, the same for each message, in lower case: where AWS finds fault
with nothing else, the next message would fare no better."""
OF_A_FIELD = frozenset(
    {"FIELD_VALIDATION_FAILED", "INVALID_PARAMETER", "INVALID_REQUEST", "MISSING_PARAMETER"}
)
