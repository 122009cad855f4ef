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
