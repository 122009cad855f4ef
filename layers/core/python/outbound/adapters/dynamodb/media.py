"""Media over DynamoDB: an item for each file, in the catalog."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.dynamodb.table import Table, refused, wire
from outbound.domain.instant import parse_rfc3339, rfc3339, seconds
from outbound.domain.media import Media, MediaState, OnPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class DynamoMedia:
    """Files in the catalog."""

    table: Table

    def insert(self, media: Media) -> None:
        """Write down a file that shall be uploaded; first of all, whom it is about."""
        ttl = seconds(media.expires_at)
        if media.contact_key is not None:
            self.table.put({**_about_key(media, media.contact_key), "ttl": ttl})
        self.table.put_new(
            {
                **_key(media.tenant, media.id),
                "name": media.name,
                "type": media.type,
                "size": media.size,
                "sha256": media.sha256,
                "created_at": rfc3339(media.created_at),
                "expires_at": rfc3339(media.expires_at),
                "state": media.state,
                "reason": media.reason,
                "contact_key": media.contact_key,
                "page": _page_item(media.page),
                "ttl": ttl,
            }
        )

    def get(self, tenant: str, media_id: str, now: datetime) -> Media | None:
        """A file as it is now."""
        item = self.table.get(f"{tenant}#media", media_id)
        media = _media_of(item, tenant, media_id) if item else None
        return media if media is not None and media.expires_at > now else None

    def settle(self, media: Media) -> bool:
        """Set state and reason of a file that is waiting."""
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=wire(_key(media.tenant, media.id)),
                UpdateExpression="SET #state = :state, #reason = :reason",
                ConditionExpression="#state = :waiting",
                ExpressionAttributeNames={"#state": "state", "#reason": "reason"},
                ExpressionAttributeValues=wire(
                    {
                        ":state": media.state,
                        ":reason": media.reason or "",
                        ":waiting": MediaState.WAITING,
                    }
                ),
            )
        except ClientError as error:
            if refused(error):
                return False
            raise
        return True

    def delete(self, media: Media) -> None:
        """Forget a file; last of all, whom it was about."""
        self._delete(_key(media.tenant, media.id))
        if media.contact_key is not None:
            self._delete(_about_key(media, media.contact_key))

    def of_contact(self, tenant: str, contact_key: str) -> Sequence[Media]:
        """The files that are about a contact."""
        pks = self.table.query(f"{tenant}#media-of#{contact_key}")
        items = self.table.get_many([_key(tenant, item["sk"]) for item in pks])
        return [_media_of(item, tenant, item["sk"]) for item in items]

    def _delete(self, key: Mapping[str, str]) -> None:
        self.table.client.delete_item(TableName=self.table.name, Key=wire(key))


def _key(tenant: str, media_id: str) -> dict[str, str]:
    return {"pk": f"{tenant}#media", "sk": media_id}


def _about_key(media: Media, contact_key: str) -> dict[str, str]:
    return {"pk": f"{media.tenant}#media-of#{contact_key}", "sk": media.id}


def _media_of(item: Mapping[str, Any], tenant: str, media_id: str) -> Media:
    return Media(
        tenant=tenant,
        id=media_id,
        name=item["name"],
        type=item["type"],
        size=int(item["size"]),
        sha256=item.get("sha256"),
        created_at=parse_rfc3339(item["created_at"]),
        expires_at=parse_rfc3339(item["expires_at"]),
        state=MediaState(item["state"]),
        reason=item.get("reason") or None,
        contact_key=item.get("contact_key"),
        page=OnPage(**item.get("page", {})),
    )


def _page_item(page: OnPage) -> dict[str, str] | None:
    said = {name: value for name, value in asdict(page).items() if value is not None}
    return said or None
