"""Templates over DynamoDB: an item for each version, and a head that names the published one.

Versions never change, so each process keeps the ones it has read. The heads lie in a partition of
their own, for a list of them must not read what all versions say.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.adapters.dynamodb.template_item import (
    head_item,
    head_of,
    template_item,
    template_of,
)
from outbound.domain.instant import parse_rfc3339
from outbound.domain.template import Head
from outbound.ports import HeadPage, VersionPage

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.template import Template

KEPT = 200


class DynamoTemplates:
    """Templates in the catalog."""

    def __init__(self, table: Table):
        self._table = table
        self._versions: OrderedDict[tuple[str, str, int], Template] = OrderedDict()

    def put(self, draft: Template, *, publish: bool) -> Template:
        """Write the next version and the head that knows of it, both or neither."""
        while True:
            before = self.head(draft.tenant, draft.id)
            template = replace(draft, version=before.latest + 1 if before else 1)
            head = Head(
                id=draft.id,
                latest=template.version,
                published=template.version if publish else before.published if before else None,
                purpose=draft.purpose,
                updated_at=draft.created_at,
            )
            version = {
                "pk": _versions_of(draft.tenant),
                "sk": _sk(draft.id, template.version),
                **template_item(template),
            }
            if self._write(draft.tenant, head, before, version):
                return template

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        """A version, the published one by default."""
        number = version
        if number is None:
            head = self.head(tenant, template_id)
            if head is None or head.published is None:
                return None
            number = head.published
        place = (tenant, template_id, number)
        if place in self._versions:
            self._versions.move_to_end(place)
            return self._versions[place]
        item = self._table.get(_versions_of(tenant), _sk(template_id, number))
        if item is None:
            return None
        self._versions[place] = template = template_of(item, tenant, template_id, number)
        if len(self._versions) > KEPT:
            self._versions.popitem(last=False)
        return template

    def head(self, tenant: str, template_id: str) -> Head | None:
        """The head; until it is written again, that of an early template lies by its versions."""
        item = self._table.get(_heads_of(tenant), template_id)
        if item is None:
            item = self._table.get(_versions_of(tenant), template_id)
        return head_of(item) if item else None

    def publish(self, tenant: str, template_id: str, version: int | None, now: datetime) -> None:
        """Write the head again."""
        while True:
            before = self.head(tenant, template_id)
            if before is None:
                raise LookupError("the template to publish is gone")
            head = replace(before, published=version, updated_at=now)
            if self._write(tenant, head, before):
                return

    def heads(self, tenant: str, *, limit: int, after: str | None) -> HeadPage:
        """One query; a page is short where it ends with what was read."""
        pk = _heads_of(tenant)
        start: Any = {"ExclusiveStartKey": wire({"pk": pk, "sk": after})} if after else {}
        answer = self._table.client.query(
            TableName=self._table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": pk}),
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        last = answer.get("LastEvaluatedKey")
        heads = tuple(head_of(plain(item)) for item in answer["Items"])
        return HeadPage(heads, plain(last)["sk"] if last else None)

    def versions(
        self, tenant: str, template_id: str, *, limit: int, before: int | None
    ) -> VersionPage:
        """One query, backwards."""
        pk = _versions_of(tenant)
        start: Any = {}
        if before is not None:
            start = {"ExclusiveStartKey": wire({"pk": pk, "sk": _sk(template_id, before)})}
        answer = self._table.client.query(
            TableName=self._table.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :id)",
            ExpressionAttributeValues=wire({":pk": pk, ":id": f"{template_id}#"}),
            ProjectionExpression="sk, created_at",
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        last = answer.get("LastEvaluatedKey")
        items = [plain(item) for item in answer["Items"]]
        versions = tuple((_number(item["sk"]), parse_rfc3339(item["created_at"])) for item in items)
        return VersionPage(versions, _number(plain(last)["sk"]) if last else None)

    def _write(
        self, tenant: str, head: Head, before: Head | None, version: dict[str, Any] | None = None
    ) -> bool:
        """Write a head if it still is what was read, and with it a version."""
        new, name = "attribute_not_exists(pk)", self._table.name
        item = {"pk": _heads_of(tenant), **head_item(head)}
        put: Any = {"TableName": name, "Item": wire(item), "ConditionExpression": new}
        if before is not None:
            put["ConditionExpression"] += " OR (version = :version AND published = :published)"
            seen = {":version": before.latest, ":published": before.published or 0}
            put["ExpressionAttributeValues"] = wire(seen)
        steps: Any = [{"Put": put}]
        if version is not None:
            own = {"TableName": name, "Item": wire(version), "ConditionExpression": new}
            steps.append({"Put": own})
        try:
            self._table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True


def _heads_of(tenant: str) -> str:
    return f"{tenant}#template_head"


def _versions_of(tenant: str) -> str:
    return f"{tenant}#template"


def _sk(template_id: str, version: int) -> str:
    return f"{template_id}#{version:08d}"


def _number(sk: str) -> int:
    return int(sk.rpartition("#")[2])
