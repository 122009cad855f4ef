"""Why AWS or the DNS gave no answer, in words for whoever has to do something about it."""

from __future__ import annotations

from typing import Any

DENIED = {
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "AuthorizationErrorException",
    "UnauthorizedOperation",
}
EXPIRED = {"ExpiredToken", "ExpiredTokenException"}
INVALID = {"InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch"}
THROTTLED = {"Throttling", "ThrottlingException", "TooManyRequestsException", "Throttled"}


def why(error: Exception, right: str) -> str:
    """The reason, short; `right` is the IAM action that the question takes."""
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    if isinstance(error, ClientError):
        return _said(code_of(error), right)
    if isinstance(error, (ConnectionError, HTTPClientError)):
        return "no connection to AWS"
    if type(error).__module__.startswith("dns."):
        return "the DNS gave no answer"
    return f"{type(error).__name__}"


def code_of(error: Any) -> str:
    """The code of an error of AWS."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _said(code: str, right: str) -> str:
    if code in DENIED:
        return f"needs {right}"
    if code in EXPIRED | INVALID:
        return "the AWS credentials are expired or wrong"
    if code in THROTTLED:
        return "AWS throttles: try again in a minute"
    return f"AWS says {code}"
