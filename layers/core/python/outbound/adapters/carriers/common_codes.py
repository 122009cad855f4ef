"""Codes that any service of AWS may answer with, whatever was asked of it.

https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html and, for the query protocol
of SNS, https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.domain.outcome import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

THROTTLED = frozenset(
    # https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
    {
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "KMSThrottling",
        "KMSThrottlingException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "Throttled",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    }
)
"""Busy, whatever the HTTP status; a provider that says so works."""

COMMON: Mapping[str, Kind] = {
    **dict.fromkeys(THROTTLED, Kind.TEMPORARY),
    # The service names its own failure, and so that it didn't do what it was asked.
    "InternalError": Kind.TEMPORARY,
    "InternalFailure": Kind.TEMPORARY,
    "InternalServerError": Kind.TEMPORARY,
    "InternalServerException": Kind.TEMPORARY,
    "InternalServiceErrorException": Kind.TEMPORARY,
    "ServiceUnavailable": Kind.TEMPORARY,
    "ServiceUnavailableException": Kind.TEMPORARY,
    # The request didn't arrive whole, or too late.
    "MalformedHttpRequestException": Kind.TEMPORARY,
    "RequestExpired": Kind.TEMPORARY,
    "RequestTimeout": Kind.TEMPORARY,
    "RequestTimeoutException": Kind.TEMPORARY,
    # Cut off before its answer, so perhaps after the work was done.
    "RequestAbortedException": Kind.UNKNOWN,
    # Credentials of this process alone: another one has others.
    "ExpiredToken": Kind.TEMPORARY,
    "ExpiredTokenException": Kind.TEMPORARY,
    # Rights, credentials, Region or endpoint of the deployment.
    "AccessDenied": Kind.STOPPED,
    "AccessDeniedException": Kind.STOPPED,
    "AuthFailure": Kind.STOPPED,
    "AuthorizationError": Kind.STOPPED,
    "IncompleteSignature": Kind.STOPPED,
    "InvalidAction": Kind.STOPPED,
    "InvalidClientTokenId": Kind.STOPPED,
    "InvalidSignatureException": Kind.STOPPED,
    "MissingAction": Kind.STOPPED,
    "MissingAuthenticationToken": Kind.STOPPED,
    "MissingAuthenticationTokenException": Kind.STOPPED,
    "NotAuthorized": Kind.STOPPED,
    "OptInRequired": Kind.STOPPED,
    "SignatureDoesNotMatch": Kind.STOPPED,
    "UnknownOperationException": Kind.STOPPED,
    "UnrecognizedClientException": Kind.STOPPED,
    # What this message asks for will never be right.
    "InvalidParameterCombination": Kind.PERMANENT,
    "InvalidParameterValue": Kind.PERMANENT,
    "InvalidQueryParameter": Kind.PERMANENT,
    "MalformedQueryString": Kind.PERMANENT,
    "MissingParameter": Kind.PERMANENT,
    "RequestEntityTooLargeException": Kind.PERMANENT,
    "SerializationException": Kind.PERMANENT,
    "ValidationError": Kind.PERMANENT,
}
