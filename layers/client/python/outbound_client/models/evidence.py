"""Why a message was sent and what became of it, signed."""

from collections.abc import Mapping
from typing import Any

from outbound_client.models.answer import Answer


class SignedEvidence(Answer):
    """Why a message was sent and what became of it; `jws` is the same with its signature."""

    evidence: Mapping[str, Any]
    jws: str


class VerifiedEvidence(Answer):
    """Whether evidence is as this deployment has signed it, and what it says."""

    valid: bool
    evidence: Mapping[str, Any] | None = None
