"""From an exception of the AWS SDK to an outcome: the part that all providers share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
)

from outbound.adapters.carriers.common_codes import COMMON, THROTTLED
from outbound.domain.outcome import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from outbound.ports import Outgoing

NOT_SENT = (
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
    ProxyConnectionError,
)
"""What botocore raises before it has sent anything."""
LONGEST_CODE = 80
LONGEST_ID = 256
_STRANGE = re.compile(r"[^A-Za-z0-9_.:/-]")


def ask(call: Callable[[], object], judge: Callable[[ClientError], Outcome]) -> Outcome:
    """Call a provider once; `call` returns its id of the message. Never raises.

    What can't have arrived is temporary. Where the answer is missing or can't be read, nobody
    knows, and that is said. A provider that answers 5xx, nothing, or what can't be read is
    failing; one that throttles us is not.
    """
    try:
        provider_id = call()
    except ClientError as error:
        return _judged(error, judge)
    except ParamValidationError:
        return Outcome(Kind.PERMANENT, "ParamValidationError")
    except NOT_SENT as error:
        return Outcome(Kind.TEMPORARY, type(error).__name__, failing=True)
    except Exception as error:
        # Botocore's parsers raise whatever they stumble on: AttributeError, RecursionError.
        return Outcome(Kind.UNKNOWN, type(error).__name__, failing=True)
    if not isinstance(provider_id, str) or not 0 < len(provider_id) <= LONGEST_ID:
        # HTML, an error or half an answer, under the status 200.
        return Outcome(Kind.UNKNOWN, "NoMessageId", failing=True)
    return Outcome(Kind.SENT, provider_id=provider_id)


def of_own_number(outgoing: Outgoing, outcome: Outcome) -> Outcome:
    """What a text from a number of its own was answered: that number's fault is nobody else's.

    If it is the channel that has stopped, the next text from the deployment's number says so.
    """
    if outgoing.origination is None or outcome.kind is not Kind.STOPPED:
        return outcome
    return replace(outcome, kind=Kind.TEMPORARY)


def kind_of(code: str, status: int, table: Mapping[str, Kind]) -> Kind:
    """What a code means. An unknown 4xx was refused for certain; an unknown 5xx tells nothing."""
    known = table.get(code) or COMMON.get(code)
    if known is not None:
        return known
    return Kind.TEMPORARY if 400 <= status < 500 else Kind.UNKNOWN


def code_and_status(error: ClientError) -> tuple[str, int]:
    """The provider's code and the HTTP status of its answer."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return clean(error.response.get("Error", {}).get("Code")) or str(status), status


def clean(code: object) -> str:
    """A code as it may be stored and shown: short, and nothing but what codes consist of."""
    return _STRANGE.sub("_", code[:LONGEST_CODE]) if isinstance(code, str) else ""


def text_of(error: ClientError) -> str:
    """The provider's sentence, in lower case: only to be looked at, for it may name addresses."""
    return str(error.response.get("Error", {}).get("Message", "")).lower()


def _judged(error: ClientError, judge: Callable[[ClientError], Outcome]) -> Outcome:
    try:
        outcome = judge(error)
        code, status = code_and_status(error)
    except Exception as unreadable:
        return Outcome(Kind.UNKNOWN, type(unreadable).__name__, failing=True)
    broken = outcome.kind is Kind.TEMPORARY and status >= 500 and code not in THROTTLED
    return replace(outcome, failing=broken or outcome.kind is Kind.UNKNOWN)
