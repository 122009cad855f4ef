"""The operation on prices."""

from __future__ import annotations

from outbound.adapters.api.contract import catalog_answers as answers
from outbound.adapters.api.contract.operation import Answer, Operation, Parameter
from outbound.domain.words import Scope

LISTED = {
    "unit": "sms_part",
    "country": "US",
    "amount": "0.00745",
    "carrier_fee": "0.0045",
    "currency": "USD",
    "source": "https://aws.amazon.com/end-user-messaging/pricing/",
    "date": "2026-11-23",
    "verified": True,
    "note": "",
}
COUNTRY = Parameter(
    "country",
    "query",
    "ISO 3166-1. All countries, if not given.",
    {"type": "string", "pattern": "^[A-Z]{2}$"},
    "US",
)

OPERATIONS = (
    Operation(
        id="listPrices",
        method="GET",
        path="/v1/prices",
        tag="Prices",
        summary="List prices",
        description="What estimates are made of, with sources and dates. Where a price isn't "
        "here, messages have no estimate.",
        scope=Scope.MESSAGES_READ,
        parameters=(COUNTRY,),
        answers=(
            Answer(
                200,
                "The prices.",
                answers.PriceList,
                {"One price": {"items": [LISTED], "next_cursor": None}},
            ),
        ),
        problems=("invalid_parameter",),
    ),
)
