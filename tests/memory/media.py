"""Files in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from outbound.domain.media import UPLOAD_TIME, MediaState, Uploaded
from outbound.domain.media_types import HEAD
from outbound.ports import MediaGone, UploadForm

if TYPE_CHECKING:
    from datetime import datetime

    from outbound.domain.media import Media


@dataclass
class MemoryMedia:
    """Files as they were announced, by (tenant, id)."""

    announced: dict[tuple[str, str], Media] = field(default_factory=dict)

    def insert(self, media: Media) -> None:
        self.announced.setdefault((media.tenant, media.id), media)

    def get(self, tenant: str, media_id: str, now: datetime) -> Media | None:
        media = self.announced.get((tenant, media_id))
        return media if media is not None and media.expires_at > now else None

    def settle(self, media: Media) -> bool:
        place = (media.tenant, media.id)
        if place not in self.announced or self.announced[place].state is not MediaState.WAITING:
            return False
        self.announced[place] = media
        return True

    def delete(self, media: Media) -> None:
        self.announced.pop((media.tenant, media.id), None)

    def of_contact(self, tenant: str, contact_key: str) -> list[Media]:
        return [
            media
            for (owner, _), media in self.announced.items()
            if (owner, media.contact_key) == (tenant, contact_key)
        ]


@dataclass
class MemoryFiles:
    """Contents by key: those that were uploaded, and those that are kept."""

    incoming: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    looked_at: int = field(default=0, compare=False)

    def form(self, media: Media, now: datetime) -> UploadForm:
        return UploadForm("https://s3.example/", {"key": _key(media)}, now + UPLOAD_TIME)

    def upload(self, form: UploadForm, content: bytes) -> None:
        self.incoming[form.fields["key"]] = content

    def uploaded(self, media: Media) -> Uploaded | None:
        self.looked_at += 1
        content = self.incoming.get(_key(media))
        if content is None:
            return None
        digest = hashlib.sha256(content).hexdigest()
        checked = digest if media.sha256 is not None else None
        return Uploaded(len(content), content[:HEAD], checked, digest)

    def keep(self, media: Media, uploaded: Uploaded) -> bool:
        content = self.incoming.get(_key(media))
        if content is None or hashlib.sha256(content).hexdigest() != uploaded.tag:
            return False
        self.kept[_key(media)] = content
        return True

    def read(self, media: Media) -> bytes:
        if _key(media) not in self.kept:
            raise MediaGone
        return self.kept[_key(media)]

    def view(self, media: Media, *, download: bool = False) -> str:
        return f"https://s3.example/{_key(media)}?signature={'download' if download else 'shown'}"

    def place(self, media: Media) -> str:
        return f"s3://memory/{_key(media)}"

    def delete(self, media: Media) -> None:
        self.incoming.pop(_key(media), None)
        self.kept.pop(_key(media), None)


def _key(media: Media) -> str:
    return f"{media.tenant}/{media.id}"
