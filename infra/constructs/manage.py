"""manage: templates, media and keys over HTTP, the first key by an operator, and unknown routes."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function


def manage(scope: Construct, *, foundation: Foundation) -> lambda_.Function:
    return function(
        scope,
        "Manage",
        folder="manage",
        foundation=foundation,
        timeout=15,
        tables={"catalog": ["GetItem", "PutItem", "UpdateItem", "Query", "DeleteItem"]},
        media=["GetObject", "PutObject", "DeleteObject"],
        environment={
            "OUTBOUND_KEY_LIMIT_PER_MINUTE": str(foundation.config.api.key_limit_per_minute),
            **hand_over.senders_environment(foundation.config.email),
        },
    )
