"""What the gate would say of contacts."""

from outbound_client.models.answer import Answer
from outbound_client.models.messages import Decision
from outbound_client.models.problems import ItemProblem


class ContactDecision(Answer):
    """What the gate would say of a contact, or why it can't be asked: one of the two is set."""

    contact_id: str
    decision: Decision | None = None
    problem: ItemProblem | None = None


class Decisions(Answer):
    """The gate's answers, in the order of the question."""

    items: tuple[ContactDecision, ...]
