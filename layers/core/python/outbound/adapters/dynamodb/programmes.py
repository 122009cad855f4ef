"""Programmes over DynamoDB: an item each, and one for each keyword that says whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, conflicted, plain, refused, wire
from outbound.domain.consent import Level
from outbound.domain.instant import parse_rfc3339, rfc3339
from outbound.domain.programme import Programme
from outbound.domain.words import Channel, Purpose
from outbound.ports import KeywordTaken, ProgrammePage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


@dataclass(frozen=True, slots=True)
class DynamoProgrammes:
    """Programmes in the catalog."""

    table: Table

    def put(self, programme: Programme) -> None:
        """Write the programme and its keyword, and free the one it had, in one transaction."""
        tenant, keyword = programme.tenant, programme.keyword
        item = {**_key(tenant, programme.id), **_item(programme)}
        while True:
            before = self.get(tenant, programme.id)
            steps: list[Any] = [
                {"Put": {"TableName": self.table.name, "Item": wire(item), **_as(before)}}
            ]
            if keyword is not None:
                if self._owner(tenant, keyword) not in (None, programme.id):
                    raise KeywordTaken
                steps.append(self._taking(tenant, keyword, programme.id))
            if before and before.keyword not in (None, keyword):
                steps.append(self._freeing(tenant, before))
            if self._transact(steps):
                return

    def get(self, tenant: str, programme_id: str) -> Programme | None:
        """A tenant's programme, as it is now."""
        key = _key(tenant, programme_id)
        item = self.table.get(key["pk"], key["sk"])
        return _programme_of(item, tenant) if item else None

    def by_keyword(self, tenant: str, keyword: str) -> Programme | None:
        """The programme that has a keyword."""
        owner = self._owner(tenant, keyword)
        return self.get(tenant, owner) if owner else None

    def page(self, tenant: str, *, limit: int, after: str | None) -> ProgrammePage:
        """Some programmes, in one request."""
        start: Any = {"ExclusiveStartKey": wire(_key(tenant, after))} if after else {}
        answer = self.table.client.query(
            TableName=self.table.name,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=wire({":pk": _key(tenant, "")["pk"]}),
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        found = tuple(_programme_of(plain(item), tenant) for item in answer["Items"])
        last = answer.get("LastEvaluatedKey")
        return ProgrammePage(found, plain(last)["sk"] if last else None)

    def delete(self, tenant: str, programme_id: str) -> None:
        """Remove the programme and its keyword in one transaction."""
        while True:
            before = self.get(tenant, programme_id)
            if before is None:
                return
            key = wire(_key(tenant, programme_id))
            steps: list[Any] = [
                {"Delete": {"TableName": self.table.name, "Key": key, **_as(before)}}
            ]
            if before.keyword is not None:
                steps.append(self._freeing(tenant, before))
            if self._transact(steps):
                return

    def _owner(self, tenant: str, keyword: str) -> str | None:
        key = _keyword_key(tenant, keyword)
        item = self.table.get(key["pk"], key["sk"])
        return str(item["programme"]) if item else None

    def _taking(self, tenant: str, keyword: str, programme_id: str) -> TransactWriteItemTypeDef:
        return {
            "Put": {
                "TableName": self.table.name,
                "Item": wire({**_keyword_key(tenant, keyword), "programme": programme_id}),
                "ConditionExpression": "attribute_not_exists(pk) OR programme = :id",
                "ExpressionAttributeValues": wire({":id": programme_id}),
            }
        }

    def _freeing(self, tenant: str, before: Programme) -> TransactWriteItemTypeDef:
        assert before.keyword is not None
        return {
            "Delete": {
                "TableName": self.table.name,
                "Key": wire(_keyword_key(tenant, before.keyword)),
                "ConditionExpression": "programme = :id",
                "ExpressionAttributeValues": wire({":id": before.id}),
            }
        }

    def _transact(self, steps: list[TransactWriteItemTypeDef]) -> bool:
        try:
            self.table.client.transact_write_items(TransactItems=steps)
        except ClientError as error:
            if refused(error) or conflicted(error):
                return False
            raise
        return True


def _as(before: Programme | None) -> dict[str, Any]:
    """That the programme is still there, or not, with the keyword that was read."""
    if before is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    if before.keyword is None:
        return {"ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(keyword)"}
    had = wire({":had": before.keyword})
    return {"ConditionExpression": "keyword = :had", "ExpressionAttributeValues": had}


def _key(tenant: str, programme_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#programme", "sk": programme_id}


def _keyword_key(tenant: str, keyword: str) -> dict[str, str]:
    return {"pk": f"{tenant}#keyword", "sk": keyword}


def _item(programme: Programme) -> dict[str, Any]:
    return {
        "name": programme.name,
        "purpose": programme.purpose,
        "topic": programme.topic,
        "channels": sorted(programme.channels),
        "level": int(programme.level),
        "wording": dict(programme.wording),
        "keyword": programme.keyword,
        "brand": programme.brand,
        "continue_to": programme.continue_to,
        "created_at": rfc3339(programme.created_at),
        "updated_at": rfc3339(programme.updated_at),
    }


def _programme_of(item: Mapping[str, Any], tenant: str) -> Programme:
    return Programme(
        tenant=tenant,
        id=item["sk"],
        name=item["name"],
        purpose=Purpose(item["purpose"]),
        topic=item.get("topic"),
        channels=frozenset(map(Channel, item["channels"])),
        level=Level(int(item["level"])),
        wording=item["wording"],
        keyword=item.get("keyword"),
        brand=item.get("brand"),
        continue_to=item.get("continue_to"),
        created_at=parse_rfc3339(item["created_at"]),
        updated_at=parse_rfc3339(item["updated_at"]),
    )
