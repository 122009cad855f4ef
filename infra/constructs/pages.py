"""pages: the reference of the API for everybody, signing up, and what recipients may choose."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import two_way
from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes


def pages(scope: Construct, *, foundation: Foundation, lanes: Lanes) -> lambda_.Function:
    config, catalog = foundation.config, foundation.tables["catalog"]
    asks = {f"{channel}.express": lanes.queues[channel, "express"] for channel in ("email", "sms")}
    return function(
        scope,
        "Pages",
        folder="pages",
        foundation=foundation,
        timeout=15,
        tables={
            "contacts": ["GetItem", "BatchGetItem", "PutItem", "UpdateItem", "DeleteItem"],
            "ledger": ["PutItem", "Query"],
            "messages": ["GetItem", "PutItem", "UpdateItem"],
        },
        sends_to=list(asks.values()),
        media=["GetObject"],
        files=access.KEPT,
        reads_secret=True,
        reads_links=True,
        # It is open to everybody: of the catalog it sees no keys, and nothing that it needn't.
        statements=[
            access.partitions(
                catalog,
                ["GetItem"],
                "*#programme",
                "*#settings",
                "*#correction#*",
                "*#media",
                "*#alert",
            ),
            access.partitions(catalog, ["PutItem"], "*#correction#*", "*#alert_read#*"),
            access.partitions(catalog, ["UpdateItem"], "*#attempts#*", "*#alert_read#*"),
        ],
        environment={
            "OUTBOUND_CATALOG_TABLE": catalog.table_name,
            "OUTBOUND_QUEUES": cdk.Stack.of(scope).to_json_string(
                {name: queue.queue_url for name, queue in asks.items()}
            ),
            "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
            "OUTBOUND_TWO_WAY": two_way.stated(config.sms.two_way),
            **hand_over.senders_environment(config.email),
        },
    )
