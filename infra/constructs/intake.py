"""intake: accepts messages over HTTP, stores them, puts them into a lane."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes


def intake(scope: Construct, *, foundation: Foundation, lanes: Lanes) -> lambda_.Function:
    return function(
        scope,
        "Intake",
        folder="intake",
        foundation=foundation,
        timeout=15,
        tables={
            "contacts": ["BatchGetItem", "PutItem", "UpdateItem"],
            "messages": [
                "GetItem",
                "BatchGetItem",
                "PutItem",
                "BatchWriteItem",
                "UpdateItem",
                "Query",
            ],
            "runs": ["Query"],
            "catalog": ["GetItem", "PutItem", "UpdateItem"],
        },
        media=["GetObject", "PutObject"],
        sends_to=lanes.all,
        statements=[access.coupons(foundation.tables["catalog"], ["Query"])],
        reads_secret=True,
        environment={
            **({"OUTBOUND_MMS": "true"} if foundation.config.sms.sends_media else {}),
            "OUTBOUND_QUEUES": lanes.addresses,
            "OUTBOUND_KEY_LIMIT_PER_MINUTE": str(foundation.config.api.key_limit_per_minute),
            "OUTBOUND_MESSAGE_RETENTION_DAYS": str(foundation.config.retention.messages_days),
            **hand_over.terms_environment(foundation.config),
            **hand_over.permission_environment(foundation.config),
            **hand_over.senders_environment(foundation.config.email),
        },
    )
