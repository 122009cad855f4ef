"""Templates over DynamoDB: an item for each version, and one that counts them.

Versions never change, so each process keeps the ones it has read.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.content_item import content_item, content_of
from outbound.adapters.dynamodb.table import Table, conflicted, refused, wire
from outbound.domain.content import Template
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.words import Channel, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.content import Content

KEPT = 200


class DynamoTemplates:
    """Templates in the catalog."""

    def __init__(self, table: Table):
        self._table = table
        self._versions: OrderedDict[tuple[str, str, int], Template] = OrderedDict()

    def put(
        self,
        tenant: str,
        template_id: str,
        purpose: Purpose,
        contents: Mapping[Channel, Content],
        now: datetime,
    ) -> Template:
        """Write the next version, and then count it: whoever reads the count finds the version."""
        while True:
            version = self._latest(tenant, template_id) + 1
            template = Template(tenant, template_id, version, purpose, contents, now)
            if self._write(template):
                return template

    def get(self, tenant: str, template_id: str, version: int | None = None) -> Template | None:
        """A version, the latest by default."""
        number = self._latest(tenant, template_id) if version is None else version
        place = (tenant, template_id, number)
        if place in self._versions:
            self._versions.move_to_end(place)
            return self._versions[place]
        item = self._table.get(f"{tenant}#template", _sk(template_id, number))
        if item is None:
            return None
        self._versions[place] = template = _template_of(item, tenant, template_id, number)
        if len(self._versions) > KEPT:
            self._versions.popitem(last=False)
        return template

    def _latest(self, tenant: str, template_id: str) -> int:
        item = self._table.get(f"{tenant}#template", template_id)
        return int(item["version"]) if item else 0

    def _write(self, template: Template) -> bool:
        pk = f"{template.tenant}#template"
        contents = {channel: content_item(each) for channel, each in template.contents.items()}
        version = {
            "pk": pk,
            "sk": _sk(template.id, template.version),
            "purpose": template.purpose,
            "contents": json.dumps(contents, ensure_ascii=False),
            "created_at": rfc3339(template.created_at),
        }
        counted = {"pk": pk, "sk": template.id, "version": template.version}
        name = self._table.name
        try:
            self._table.client.transact_write_items(
                TransactItems=[
                    {
                        "Put": {
                            "TableName": name,
                            "Item": wire(version),
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    {
                        "Put": {
                            "TableName": name,
                            "Item": wire(counted),
                            "ConditionExpression": "attribute_not_exists(pk) OR version < :version",
                            "ExpressionAttributeValues": wire({":version": template.version}),
                        }
                    },
                ]
            )
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True


def _sk(template_id: str, version: int) -> str:
    return f"{template_id}#{version:08d}"


def _template_of(item: dict[str, Any], tenant: str, template_id: str, version: int) -> Template:
    contents = {
        Channel(channel): content_of(Channel(channel), bodies)
        for channel, bodies in json.loads(item["contents"]).items()
    }
    return Template(
        tenant=tenant,
        id=template_id,
        version=version,
        purpose=Purpose(item["purpose"]),
        contents=contents,
        created_at=parse_rfc3339(item["created_at"]),
    )
