"""From an exception of the AWS SDK to an outcome: the part that all providers share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
)

from outbound.domain.outcome import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Table = dict[str, Kind]

COMMON: Mapping[str, Kind] = {
    # https://docs.aws.amazon.com/ses/latest/APIReference-V2/CommonErrors.html
    "InternalFailure": Kind.TEMPORARY,
    "InternalServerError": Kind.TEMPORARY,
    "InternalServerException": Kind.TEMPORARY,
    "InternalServiceErrorException": Kind.TEMPORARY,
    "ServiceUnavailable": Kind.TEMPORARY,
    "ServiceUnavailableException": Kind.TEMPORARY,
    "RequestTimeout": Kind.TEMPORARY,
    "RequestExpired": Kind.TEMPORARY,
    "Throttling": Kind.TEMPORARY,
    "ThrottlingException": Kind.TEMPORARY,
    "ThrottledException": Kind.TEMPORARY,
    "TooManyRequestsException": Kind.TEMPORARY,
    "AccessDenied": Kind.STOPPED,
    "AccessDeniedException": Kind.STOPPED,
    "AuthorizationError": Kind.STOPPED,
    "ExpiredTokenException": Kind.STOPPED,
    "IncompleteSignature": Kind.STOPPED,
    "InvalidClientTokenId": Kind.STOPPED,
    "MissingAuthenticationToken": Kind.STOPPED,
    "NotAuthorized": Kind.STOPPED,
    "OptInRequired": Kind.STOPPED,
    "UnrecognizedClientException": Kind.STOPPED,
}


def ask(call: Callable[[], str], judge: Callable[[ClientError], Outcome]) -> Outcome:
    """Call a provider once; `call` returns its id of the message.

    What can't have arrived is temporary. Where the answer is missing or can't be read, nobody
    knows, and that is said. A provider that answers 5xx, nothing, or what can't be read is
    failing; one that throttles us is not.
    """
    try:
        return Outcome(Kind.SENT, provider_id=call())
    except ClientError as error:
        outcome = judge(error)
        return replace(outcome, failing=_fails(outcome.kind, code_and_status(error)[1]))
    except ParamValidationError:
        return Outcome(Kind.PERMANENT, "ParamValidationError")
    except (ConnectTimeoutError, EndpointConnectionError, NoCredentialsError) as error:
        return Outcome(Kind.TEMPORARY, type(error).__name__, failing=True)
    except (BotoCoreError, OSError, ValueError, LookupError) as error:
        return Outcome(Kind.UNKNOWN, type(error).__name__, failing=True)


def kind_of(code: str, status: int, table: Mapping[str, Kind]) -> Kind:
    """What a code means. An unknown 4xx was refused for certain; an unknown 5xx tells nothing."""
    known = table.get(code) or COMMON.get(code)
    if known is not None:
        return known
    return Kind.TEMPORARY if 400 <= status < 500 else Kind.UNKNOWN


def _fails(kind: Kind, status: int) -> bool:
    return kind is Kind.UNKNOWN or (kind is Kind.TEMPORARY and status >= 500)


def code_and_status(error: ClientError) -> tuple[str, int]:
    """The provider's code and the HTTP status of its answer."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return error.response.get("Error", {}).get("Code", "") or str(status), status
