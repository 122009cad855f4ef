"""The operations on evidence."""

from __future__ import annotations

from typing import Any, Literal

from outbound.adapters.api.contract.answers import Answered
from outbound.adapters.api.contract.contact_answers import LedgerEntry
from outbound.adapters.api.contract.message_answers import Decision, Message
from outbound.adapters.api.contract.message_examples import DELIVERED
from outbound.adapters.api.contract.messages import MESSAGE_PATH
from outbound.adapters.api.contract.operation import Answer, Body, Operation
from outbound.adapters.api.contract.pattern import Instant
from outbound.adapters.api.evidence_answers import VerifyModel
from outbound.adapters.api.identifiers import Tenant
from outbound.domain.words import Scope

TAG = "Messages"


class Evidence(Answered):
    """All that shows why a message was sent and what became of it."""

    version: Literal[1]
    """Of this form."""
    made_at: Instant
    """When this was put together."""
    tenant: Tenant
    """Whose message it is."""
    message: Message
    """The request, the decision with its rule and source, the hand-over, and what receipts said."""
    decision_at_intake: Decision
    """What the gate said when the message was accepted; that in `message` is the last one."""
    address: str | None
    """Where it went; null once it is erased."""
    content: dict[str, Any] | None
    """What it says, before it is rendered; null where it has a template, or is erased."""
    data: dict[str, Any] | None
    """What it is rendered with; null once it is erased."""
    rendered: dict[str, str] | None
    """What it said, by body; links to unsubscribe, which act, are replaced. Null where it could
    not be rendered, or is erased."""
    consents: list[LedgerEntry]
    """What the contact had said of this channel and purpose, then and since, with its proofs."""


class SignedEvidence(Answered):
    """Evidence, and the same with a signature."""

    evidence: Evidence
    """To be read."""
    jws: str
    """To be kept: the document and its signature, as a JSON Web Signature in its compact form."""


class VerifiedEvidence(Answered):
    """Whether evidence is as it was signed."""

    valid: bool
    """Whether this deployment has signed it for you, and nothing was changed since."""
    evidence: Evidence | None
    """What it says; null where it isn't valid."""


ENTRY: dict[str, Any] = {
    "number": 1,
    "kind": "consent.granted",
    "at": "2026-11-01T09:00:00.000Z",
    "by": "key_01kax3b2hv7fw2p8dz5r",
    "facts": {"channel": "sms", "purpose": "transactional", "level": "express", "source": "form"},
    "proof": {"wording": "Tell me about my order."},
    "digests": {"wording": "5f1d0c8b7a694e3d2c1b0a99887766554433221100ffeeddccbbaa9988776655"},
    "salt": "8Jq2VxN0sLw5YtB7uKzR3eHcM9aPfD1gXoT4iWy6QbS",
    "previous": "",
    "digest": "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
}
DOCUMENT: dict[str, Any] = {
    "version": 1,
    "made_at": "2027-02-01T10:00:00.000Z",
    "tenant": "acme",
    "message": DELIVERED,
    "decision_at_intake": DELIVERED["decision"],
    "address": "+14155550123",
    "content": {"text": "Order {{ order }} has shipped."},
    "data": {"order": "A-77"},
    "rendered": {"text": "Order A-77 has shipped."},
    "consents": [ENTRY],
}
JWS = "eyJhbGciOiJIUzI1NiIsInR5cCI6Im91dGJvdW5kLWV2aWRlbmNlK2pzb24ifQ.eyJ2ZXJzaW9uIjoxfQ.c2ln"
WORDS = {"VerifyRequest": {"jws": "Evidence as it was answered."}}

OPERATIONS = (
    Operation(
        id="getEvidence",
        method="GET",
        path="/v1/messages/{id}/evidence",
        tag=TAG,
        summary="Show why a message was sent",
        description="Request, content, rendered text, decision with rule and source, what the "
        "contact had consented to with its proofs, hand-over and receipts, in one document that "
        "is signed. It holds personal values: the key needs the right to export them.",
        scope=Scope.CONTACTS_EXPORT,
        parameters=(MESSAGE_PATH,),
        answers=(
            Answer(
                200,
                "The evidence.",
                SignedEvidence,
                {"Of a text": {"evidence": DOCUMENT, "jws": JWS}},
            ),
        ),
        problems=("unknown_message",),
    ),
    Operation(
        id="verifyEvidence",
        method="POST",
        path="/v1/evidence/verify",
        tag=TAG,
        summary="Verify evidence",
        description="Whether this deployment has signed it for you, and nothing was changed since; "
        "also when the message is long forgotten. Nothing is stored.",
        scope=Scope.CONTACTS_EXPORT,
        body=Body(VerifyModel, {"Evidence": {"jws": JWS}}),
        answers=(
            Answer(
                200,
                "Whether it is valid.",
                VerifiedEvidence,
                {
                    "As it was signed": {"valid": True, "evidence": DOCUMENT},
                    "Changed": {"valid": False, "evidence": None},
                },
            ),
        ),
    ),
)
