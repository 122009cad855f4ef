"""Webhooks over DynamoDB: an item each, and what this process has read of them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.webhook import Ended, LastTest, Secret, Webhook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.adapters.dynamodb.table import Table
    from outbound.ports import Clock

LEADING_KEYS = "*#webhook"
"""The partitions that webhooks lie in."""
NOT_KEPT = timedelta()
_FAILURES = "failing_since, blocked_until, failure, ended_at, ended"


class DynamoWebhooks:
    """Reads a tenant's webhooks, or one of them, at most once in `kept_for`."""

    def __init__(self, table: Table, clock: Clock, kept_for: timedelta = NOT_KEPT):
        self._table = table
        self._clock = clock
        self._kept_for = kept_for
        self._lists: dict[str, tuple[datetime, tuple[Webhook, ...]]] = {}
        self._ones: dict[tuple[str, str], tuple[datetime, Webhook | None]] = {}

    def get(self, tenant: str, webhook_id: str) -> Webhook | None:
        """A tenant's webhook."""
        now = self._clock.now()
        known = self._ones.get((tenant, webhook_id))
        if known is None or now - known[0] >= self._kept_for:
            item = self._table.get(_pk(tenant), webhook_id)
            known = now, _webhook_of(item, tenant) if item else None
            self._ones[tenant, webhook_id] = known
        return known[1]

    def all(self, tenant: str) -> tuple[Webhook, ...]:
        """All webhooks of a tenant, by id, in one request."""
        now = self._clock.now()
        known = self._lists.get(tenant)
        if known is None or now - known[0] >= self._kept_for:
            items = self._table.query(_pk(tenant))
            known = now, tuple(_webhook_of(item, tenant) for item in items)
            self._lists[tenant] = known
        return known[1]

    def write(self, webhook: Webhook) -> bool:
        """Write what its owner says, if the version before stands."""
        before = webhook.version - 1
        anew = f" REMOVE {_FAILURES}" if webhook.failing_since is None else ""
        return self._update(
            webhook,
            "SET #url = :url, types = :types, secrets = :secrets, created_at = :created_at,"
            f" updated_at = :updated_at, version = :version{anew}",
            "version = :before" if before else "attribute_not_exists(pk)",
            {
                ":url": webhook.url,
                ":types": list(webhook.types),
                ":secrets": _secrets_item(webhook),
                ":created_at": rfc3339(webhook.created_at),
                ":updated_at": rfc3339(webhook.updated_at),
                ":version": webhook.version,
                ":before": before or None,
            },
            {"#url": "url"},
        )

    def delete(self, tenant: str, webhook_id: str) -> None:
        """Remove a webhook."""
        key = wire({"pk": _pk(tenant), "sk": webhook_id})
        self._table.client.delete_item(TableName=self._table.name, Key=key)
        self._forget(tenant, webhook_id)

    def failed(self, webhook: Webhook, since: datetime, until: datetime, failure: str) -> None:
        """Note a failure; the first of a row stays."""
        self._update(
            webhook,
            "SET failing_since = if_not_exists(failing_since, :since),"
            " blocked_until = :until, failure = :failure",
            "attribute_exists(pk)",
            {":since": rfc3339(since), ":until": rfc3339(until), ":failure": failure},
        )

    def recovered(self, webhook: Webhook) -> None:
        """Forget the failures."""
        update = "REMOVE failing_since, blocked_until, failure"
        self._update(webhook, update, "attribute_exists(pk) AND attribute_not_exists(ended)", {})

    def end(self, webhook: Webhook, at: datetime, why: Ended) -> bool:
        """End it, if it still fails since then and nobody has written it since."""
        since = webhook.failing_since
        return self._update(
            webhook,
            "SET ended_at = :at, ended = :why",
            "version = :version AND failing_since = :since AND attribute_not_exists(ended)",
            {
                ":at": rfc3339(at),
                ":why": why,
                ":version": webhook.version,
                ":since": rfc3339(since) if since else "",
            },
        )

    def tested(self, webhook: Webhook, tested: LastTest) -> None:
        """Note what became of a test."""
        said = {
            "event_id": tested.event_id,
            "at": rfc3339(tested.at),
            **({"failure": tested.failure} if tested.failure else {}),
        }
        self._update(webhook, "SET tested = :tested", "attribute_exists(pk)", {":tested": said})

    def _update(
        self,
        webhook: Webhook,
        update: str,
        condition: str,
        values: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
    ) -> bool:
        optional: Any = {
            **({"ExpressionAttributeValues": wire(values)} if values else {}),
            **({"ExpressionAttributeNames": names} if names else {}),
        }
        try:
            self._table.client.update_item(
                TableName=self._table.name,
                Key=wire({"pk": _pk(webhook.tenant), "sk": webhook.id}),
                UpdateExpression=update,
                ConditionExpression=condition,
                **optional,
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        finally:
            self._forget(webhook.tenant, webhook.id)
        return True

    def _forget(self, tenant: str, webhook_id: str) -> None:
        self._ones.pop((tenant, webhook_id), None)
        self._lists.pop(tenant, None)


def _pk(tenant: str) -> str:
    return f"{tenant}#webhook"


def _secrets_item(webhook: Webhook) -> str:
    return json.dumps(
        [[each.value, rfc3339(each.until) if each.until else None] for each in webhook.secrets]
    )


def _secret_of(value: str, until: str | None) -> Secret:
    return Secret(value, parse_rfc3339(until) if until else None)


def _webhook_of(item: Mapping[str, Any], tenant: str) -> Webhook:
    tested = item.get("tested")
    return Webhook(
        tenant=tenant,
        id=item["sk"],
        url=item["url"],
        types=tuple(item["types"]),
        secrets=tuple(_secret_of(*each) for each in json.loads(item["secrets"])),
        created_at=parse_rfc3339(item["created_at"]),
        updated_at=parse_rfc3339(item["updated_at"]),
        version=int(item["version"]),
        failing_since=_instant(item, "failing_since"),
        blocked_until=_instant(item, "blocked_until"),
        failure=item.get("failure"),
        ended_at=_instant(item, "ended_at"),
        ended=Ended(item["ended"]) if "ended" in item else None,
        tested=LastTest(tested["event_id"], parse_rfc3339(tested["at"]), tested.get("failure"))
        if tested
        else None,
    )


def _instant(item: Mapping[str, Any], name: str) -> datetime | None:
    return parse_rfc3339(item[name]) if name in item else None
