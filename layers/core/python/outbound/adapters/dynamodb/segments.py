"""Segments over DynamoDB: an item each, and one beside it for contacts that are listed by id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.segment import Exclusion, Segment
from outbound.ports import SegmentPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

LISTS = ("contacts", "excluded")


@dataclass(frozen=True, slots=True)
class DynamoSegments:
    """Segments in the catalog. A list of contacts is long, and no page of segments needs it."""

    table: Table

    def get(self, tenant: str, segment_id: str) -> Segment | None:
        """A segment as it is now: both items in one request."""
        keys = [_head(tenant, segment_id), _listed(tenant, segment_id)]
        found = {item["pk"]: item for item in self.table.get_many(keys)}
        item = found.get(keys[0]["pk"])
        return segment_of(item, tenant, found.get(keys[1]["pk"], {})) if item else None

    def save(self, segment: Segment) -> bool:
        """Write both items over the version before."""
        version: Any = {"ConditionExpression": "attribute_not_exists(pk)"}
        if segment.version > 1:
            version = {
                "ConditionExpression": "version = :before",
                "ExpressionAttributeValues": wire({":before": segment.version - 1}),
            }
        name = self.table.name
        head: Any = {"Put": {"TableName": name, "Item": wire(segment_item(segment)), **version}}
        listed = {**_listed(segment.tenant, segment.id), **lists_of(segment)}
        return self._transact([head, {"Put": {"TableName": name, "Item": wire(listed)}}])

    def delete(self, segment: Segment) -> bool:
        """Remove both items."""
        name = self.table.name
        return self._transact(
            [
                {
                    "Delete": {
                        "TableName": name,
                        "Key": wire(_head(segment.tenant, segment.id)),
                        "ConditionExpression": "version = :version",
                        "ExpressionAttributeValues": wire({":version": segment.version}),
                    }
                },
                {
                    "Delete": {
                        "TableName": name,
                        "Key": wire(_listed(segment.tenant, segment.id)),
                    }
                },
            ]
        )

    def page(self, tenant: str, *, limit: int, after: str | None) -> SegmentPage:
        """A page, by id."""
        start: Any = {"ExclusiveStartKey": wire(_head(tenant, after))} if after else {}
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": f"{tenant}#segment"}),
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        segments = tuple(segment_of(plain(item), tenant, {}) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return SegmentPage(segments, plain(last)["sk"] if last else None)

    def unlist(self, tenant: str, contact_id: str) -> None:
        """Read all lists, and write over those that name the contact, as they were read."""
        for item in self.table.query(f"{tenant}#segment-list"):
            listed: dict[str, Any] | None = item
            while listed is not None and (rest := without(listed, contact_id)) is not None:
                if replace_lists(self.table, listed, rest):
                    break
                listed = self.table.get(item["pk"], item["sk"])

    def _transact(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            self.table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True


def _head(tenant: str, segment_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#segment", "sk": segment_id}


def _listed(tenant: str, segment_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#segment-list", "sk": segment_id}


def lists_of(segment: Segment) -> dict[str, str]:
    """Its lists of contacts, as text: a long list takes the SDK a hundred times as long to read."""
    lists = dict(zip(LISTS, (segment.contact_ids, segment.exclude.contact_ids), strict=True))
    return {name: "\n".join(ids) for name, ids in lists.items() if ids}


def segment_item(segment: Segment) -> dict[str, Any]:
    """All but the lists."""
    return {
        **_head(segment.tenant, segment.id),
        "expression": segment.expression,
        "exclude_expression": segment.exclude.expression,
        "exclude_segments": list(segment.exclude.segments),
        "created_at": rfc3339(segment.created_at),
        "updated_at": rfc3339(segment.updated_at),
        "version": segment.version,
    }


def segment_of(item: Mapping[str, Any], tenant: str, listed: Mapping[str, str]) -> Segment:
    """The segment that `segment_item` and `lists_of` wrote."""
    return Segment(
        tenant=tenant,
        id=item["sk"],
        expression=item.get("expression"),
        contact_ids=_ids(listed.get("contacts")),
        exclude=Exclusion(
            expression=item.get("exclude_expression"),
            segments=tuple(item["exclude_segments"]),
            contact_ids=_ids(listed.get("excluded")),
        ),
        created_at=parse_rfc3339(item["created_at"]),
        updated_at=parse_rfc3339(item["updated_at"]),
        version=int(item["version"]),
    )


def replace_lists(table: Table, before: Mapping[str, Any], rest: Mapping[str, str]) -> bool:
    """Write other lists over those of an item that was read; False if they are others by now."""
    seen = {name: before[name] for name in LISTS if name in before}
    absent = [f"attribute_not_exists({name})" for name in LISTS if name not in before]
    others = {name: value for name, value in before.items() if name not in LISTS}
    try:
        table.client.put_item(
            TableName=table.name,
            Item=wire({**others, **rest}),
            ConditionExpression=" AND ".join([*(f"{each} = :{each}" for each in seen), *absent]),
            ExpressionAttributeValues=wire({f":{each}": text for each, text in seen.items()}),
        )
    except ClientError as error:
        if refused(error):
            return False
        raise
    return True


def without(listed: Mapping[str, str], contact_id: str) -> dict[str, str] | None:
    """The lists of an item without a contact; None where none names it."""
    lists = {name: _ids(listed.get(name)) for name in LISTS}
    if not any(contact_id in ids for ids in lists.values()):
        return None
    left = {name: [each for each in ids if each != contact_id] for name, ids in lists.items()}
    return {name: "\n".join(ids) for name, ids in left.items() if ids}


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
