"""What our numbers stand beside: the plain pattern of AWS's examples, and the floor below it.

Plain: Powertools' batch processor; for each record pydantic, Jinja2, one SendEmail, one put.
Floor: the bare rendering, the provider's bulk call for 50, a batched put; nothing is checked,
claimed, gated or accounted for.
"""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from jinja2 import Environment
from pydantic import BaseModel

from tests.benchmarks.replay import Tape

if TYPE_CHECKING:
    from collections.abc import Callable

SUBJECT, TEXT = "Order {{ order }}", "Order {{ order }} has shipped."


class Order(BaseModel):
    """What the plain pattern reads from its queue."""

    id: str
    email: str
    order: str


def records(count: int) -> dict[str, Any]:
    """An event of SQS."""
    orders = [
        {"id": f"id-{number}", "email": f"ada+{number}@example.com", "order": "A-77"}
        for number in range(count)
    ]
    return {
        "Records": [
            {
                "messageId": order["id"],
                "receiptHandle": "r",
                "body": json.dumps(order),
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:q",
            }
            for order in orders
        ]
    }


def plain(ses: Any, dynamodb: Any, count: int) -> Callable[[], object]:
    """One call and one put for each message."""
    processor = BatchProcessor(event_type=EventType.SQS)
    environment = Environment(autoescape=False)
    subject, text = environment.from_string(SUBJECT), environment.from_string(TEXT)
    event = records(count)

    def handle(record: Any) -> None:
        order = Order.model_validate_json(record.body)
        data = {"order": order.order}
        sent = ses.send_email(
            FromEmailAddress="news@example.com",
            Destination={"ToAddresses": [order.email]},
            Content={
                "Simple": {
                    "Subject": {"Data": subject.render(data)},
                    "Body": {"Text": {"Data": text.render(data)}},
                }
            },
        )
        dynamodb.put_item(
            TableName="messages",
            Item={"pk": {"S": order.id}, "sk": {"S": "sent"}, "ses": {"S": sent["MessageId"]}},
        )

    def run() -> object:
        return process_partial_response(event, handle, processor)

    return run


def floor(ses: Any, dynamodb: Any, count: int) -> Callable[[], object]:
    """One bulk call for all, and puts by 25."""
    environment = Environment(autoescape=False)
    text = environment.from_string(TEXT)
    orders = [json.loads(record["body"]) for record in records(count)["Records"]]

    def run() -> None:
        bodies = [text.render(order=order["order"]) for order in orders]
        answer = ses.send_bulk_email(
            FromEmailAddress="news@example.com",
            DefaultContent={
                "Template": {
                    "TemplateContent": {"Subject": "{{subject}}", "Text": "{{text}}"},
                    "TemplateData": "{}",
                }
            },
            BulkEmailEntries=[
                {
                    "Destination": {"ToAddresses": [order["email"]]},
                    "ReplacementEmailContent": {
                        "ReplacementTemplate": {
                            "ReplacementTemplateData": json.dumps({"subject": "s", "text": body})
                        }
                    },
                }
                for order, body in zip(orders, bodies, strict=True)
            ],
        )
        items = [
            {"PutRequest": {"Item": {"pk": {"S": order["id"]}, "sk": {"S": "sent"}}}}
            for order, _ in zip(orders, answer["BulkEmailEntryResults"], strict=True)
        ]
        for start in range(0, count, 25):
            dynamodb.batch_write_item(RequestItems={"messages": items[start : start + 25]})

    return run


def answers(count: int) -> Tape:
    """What AWS says to either."""
    taken = [{"Status": "SUCCESS", "MessageId": "id"}] * count
    bodies = {
        "SendEmail": {"MessageId": "id"},
        "PutItem": {},
        "SendBulkEmail": {"BulkEmailEntryResults": taken},
        "BatchWriteItem": {"UnprocessedItems": {}},
    }
    return Tape(
        {name: deque([(200, {}, json.dumps(body).encode())]) for name, body in bodies.items()}
    )
