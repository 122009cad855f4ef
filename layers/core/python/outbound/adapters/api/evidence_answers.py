"""Evidence as a document, signed; and read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from outbound.adapters.api.answers import decision_body, message_body
from outbound.adapters.api.contact_answers import history_body
from outbound.adapters.api.contents import content_body
from outbound.adapters.api.reading import Model, read
from outbound.domain.evidence import signed, verified
from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from outbound.flow.evidence import Evidence

VERSION = 1
LONGEST = 4_000_000
"""Characters: Lambda takes 6 MB."""


class VerifyModel(Model):
    """Evidence to be verified."""

    jws: Annotated[str, Field(min_length=1, max_length=LONGEST)]


def read_evidence(text: str) -> str:
    """The signed evidence in a request.

    Raises:
        Refusal: the body isn't one.
    """
    return read(VerifyModel, text).jws


def evidence_body(evidence: Evidence, secret: bytes) -> dict[str, Any]:
    """The document, and the same with its signature."""
    document = document_of(evidence)
    text = json.dumps(document, separators=(",", ":"), sort_keys=True)
    return {"evidence": document, "jws": signed(text, secret)}


def verified_body(jws: str, tenant: str, secret: bytes) -> dict[str, Any]:
    """Whether evidence of a tenant's is as it was signed, and what it says."""
    text = verified(jws, secret)
    document = json.loads(text) if text is not None else {}
    valid = document.get("tenant") == tenant
    return {"valid": valid, "evidence": document if valid else None}


def document_of(evidence: Evidence) -> dict[str, Any]:
    """All that shows why a message was sent and what became of it."""
    message, body = evidence.message, evidence.body
    return {
        "version": VERSION,
        "made_at": rfc3339(evidence.made_at),
        "tenant": message.tenant,
        "message": message_body(message),
        "decision_at_intake": decision_body(message.decision_at_intake),
        "address": message.address.value if body else None,
        "content": content_body(body.content) if body and body.content else None,
        "data": body.data if body else None,
        "rendered": dict(evidence.rendered) if evidence.rendered is not None else None,
        "consents": history_body(evidence.consents)["items"],
    }
