"""What all answers have in common."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """Anything that the API answers: immutable, and open to fields of later versions."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Versioned(Answer):
    """What can be changed only as it was seen: `etag` says which version that was.

    It is None where several are listed.
    """

    etag: str | None = None


class Money(Answer):
    """An amount of money."""

    amount: Decimal
    currency: str


class EstimatedCost(Money):
    """What was spent, by our estimates where no receipt has said it."""

    estimated: bool = True


class EstimatedPrice(EstimatedCost):
    """What would be spent; of `unpriced` messages no price is known."""

    unpriced: int = 0
