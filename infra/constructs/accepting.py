"""What whoever accepts messages needs: intake, and the work on reminders."""

from typing import Any

from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.lanes import Lanes
from outbound.adapters.dynamodb.coupon_items import LEADING_KEYS


def accepting(foundation: Foundation, lanes: Lanes) -> dict[str, Any]:
    """The rights and the environment, as `function` takes them."""
    config = foundation.config
    # Without it, the address of the API is as long as any in its region.
    pages = {"OUTBOUND_PAGES_URL": config.pages_url} if config.pages_url else {}
    return {
        "tables": {
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
        "media": ["GetObject", "PutObject"],
        "sends_to": lanes.all,
        "statements": [access.partitions(foundation.tables["catalog"], ["Query"], LEADING_KEYS)],
        "reads_secret": True,
        "environment": {
            **hand_over.media_environment(config.sms),
            **pages,
            "OUTBOUND_QUEUES": lanes.addresses,
            "OUTBOUND_KEY_LIMIT_PER_MINUTE": str(config.api.key_limit_per_minute),
            "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
            **hand_over.terms_environment(config),
            **hand_over.permission_environment(config),
            **hand_over.senders_environment(config.email),
        },
    }
