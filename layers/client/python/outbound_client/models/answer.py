"""What all answers have in common."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """Anything that the API answers: immutable, and open to fields of later versions."""

    model_config = ConfigDict(frozen=True, extra="ignore")


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
