"""manage: contacts, permission, templates, media and keys; the first key; unknown routes."""

import json

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import rule_sources, two_way
from infra.constructs import access, hand_over
from infra.constructs.deliver import carrier
from infra.constructs.expand import Expand
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.imports import Imports
from infra.constructs.upkeep import Upkeep
from infra.constructs.webhooks import Webhooks
from infra.nag import acknowledge_wildcard


def manage(
    scope: Construct,
    *,
    foundation: Foundation,
    upkeep: Upkeep,
    expand: Expand,
    imports: Imports,
    webhooks: Webhooks,
) -> lambda_.Function:
    plain = {"OUTBOUND_PLAIN_WEBHOOKS": "true"} if foundation.config.is_local else {}
    built = function(
        scope,
        "Manage",
        folder="manage",
        foundation=foundation,
        timeout=15,
        tables={
            "catalog": [
                "GetItem",
                "BatchGetItem",
                "PutItem",
                "UpdateItem",
                "Query",
                "DeleteItem",
            ],
            "contacts": [
                "GetItem",
                "BatchGetItem",
                "PutItem",
                "UpdateItem",
                "DeleteItem",
                "Query",
            ],
            "runs": ["GetItem", "PutItem", "Query"],
            "ledger": ["PutItem", "Query"],
            "messages": ["GetItem", "Query"],
        },
        sends_to=[
            upkeep.queue,
            expand.queue,
            expand.alerts,
            imports.queue,
            webhooks.queue,
        ],
        reads_secret=True,
        reads_links=True,
        statements=[
            access.write_secret(foundation.links_secret.secret_arn),
            iam.PolicyStatement(actions=["sms-voice:CarrierLookup"], resources=["*"]),
        ],
        media=["GetObject", "PutObject", "DeleteObject"],
        environment={
            "OUTBOUND_UPKEEP_QUEUE": upkeep.queue.queue_url,
            "OUTBOUND_EXPAND_QUEUE": expand.queue.queue_url,
            "OUTBOUND_ALERTS_QUEUE": expand.alerts.queue_url,
            "OUTBOUND_IMPORTS_QUEUE": imports.queue.queue_url,
            "OUTBOUND_WEBHOOKS_QUEUE": webhooks.queue.queue_url,
            **plain,
            **carrier(foundation.config),
            "OUTBOUND_MESSAGE_RETENTION_DAYS": str(foundation.config.retention.messages_days),
            "OUTBOUND_TWO_WAY": two_way.stated(foundation.config.sms.two_way),
            "OUTBOUND_EVENT_SOURCES": rule_sources.stated(foundation.config.rules.sources),
            "OUTBOUND_STOP_SCOPE": foundation.config.sms.stop_scope,
            "OUTBOUND_KEY_LIMIT_PER_MINUTE": str(foundation.config.api.key_limit_per_minute),
            "OUTBOUND_QUEUES": "{}",
            "OUTBOUND_RATES": json.dumps(foundation.config.rates),
            **hand_over.terms_environment(foundation.config),
            **hand_over.media_environment(foundation.config.sms),
            **hand_over.senders_environment(foundation.config.email),
            **hand_over.permission_environment(foundation.config),
        },
    )
    assert built.role is not None
    acknowledge_wildcard(
        built.role, "*", reason="CarrierLookup knows no resource: any number may be asked about."
    )
    return built
