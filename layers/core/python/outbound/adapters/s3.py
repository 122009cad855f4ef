"""Files over S3: uploaded under `incoming/`, kept under the days that they may lie there.

Lifecycle rules of the bucket remove both, so a file goes even when nobody deletes it.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import ClientError

from outbound.domain.media import UPLOAD_TIME, Uploaded
from outbound.domain.media_types import HEAD
from outbound.ports import MediaGone, UploadForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mypy_boto3_s3 import S3Client

    from outbound.domain.media import Media

INCOMING = "incoming"
KEPT_DAYS = (7, 31, 93, 367)
ABSENT = ("404", "NoSuchKey", "NotFound")
CHANGED = ("412", "PreconditionFailed")
CHUNK = 1_000_000
VIEWED = timedelta(hours=1)
"""How long an address of a file is good for; longer than a film, for it may be paused."""


def kept_under(days: int) -> str:
    """The first part of the keys of files that a lifecycle rule removes after `days`."""
    return f"kept-{days}"


@dataclass(frozen=True, slots=True)
class S3Files:
    """Files in one private bucket. Keys hold tenant and id, never a name.

    `connect` gives the client, the same each time.
    """

    connect: Callable[[], S3Client]
    bucket: str

    def form(self, media: Media, now: datetime) -> UploadForm:
        """A presigned POST: S3 refuses any field or value that isn't the form's.

        The bucket encrypts with its own key; a form can't ask for another.
        """
        fields = {"Content-Type": media.type}
        if media.sha256 is not None:
            fields["x-amz-checksum-algorithm"] = "SHA256"
            fields["x-amz-checksum-sha256"] = base64.b64encode(bytes.fromhex(media.sha256)).decode()
        conditions: list[Any] = [{name: value} for name, value in fields.items()]
        answer = self.connect().generate_presigned_post(
            self.bucket,
            _incoming(media),
            Fields=dict(fields),
            Conditions=[*conditions, ["content-length-range", media.size, media.size]],
            ExpiresIn=int(UPLOAD_TIME.total_seconds()),
        )
        return UploadForm(answer["url"], answer["fields"], now + UPLOAD_TIME)

    def uploaded(self, media: Media) -> Uploaded | None:
        """What was uploaded: its first bytes, and all of it where a checksum must be made."""
        whole = media.sha256 is not None
        try:
            # A range of an empty object is an error.
            size = self.connect().head_object(Bucket=self.bucket, Key=_incoming(media))[
                "ContentLength"
            ]
            ranged: Any = {} if whole or size == 0 else {"Range": f"bytes=0-{HEAD - 1}"}
            answer = self.connect().get_object(Bucket=self.bucket, Key=_incoming(media), **ranged)
        except ClientError as error:
            if _code(error) in ABSENT:
                return None
            raise
        body = answer["Body"]
        head = body.read(HEAD)
        digest = hashlib.sha256(head)
        if whole:
            for chunk in body.iter_chunks(CHUNK):
                digest.update(chunk)
        return Uploaded(size, head, digest.hexdigest() if whole else None, answer["ETag"])

    def keep(self, media: Media, uploaded: Uploaded) -> bool:
        """Copy exactly what was looked at to where no form reaches."""
        try:
            self.connect().copy_object(
                Bucket=self.bucket,
                Key=_kept(media),
                CopySource={"Bucket": self.bucket, "Key": _incoming(media)},
                CopySourceIfMatch=uploaded.tag,
                MetadataDirective="REPLACE",
                ContentType=media.type,
            )
        except ClientError as error:
            if _code(error) in (*CHANGED, *ABSENT):
                return False
            raise
        return True

    def read(self, media: Media) -> bytes:
        """The content of a file that was kept.

        Raises:
            MediaGone: it isn't there.
        """
        try:
            return self.connect().get_object(Bucket=self.bucket, Key=_kept(media))["Body"].read()
        except ClientError as error:
            if _code(error) in ABSENT:
                raise MediaGone from None
            raise

    def view(self, media: Media, *, download: bool = False) -> str:
        """A presigned GET, which takes ranges: a film may be wound."""
        shown = "attachment" if download else "inline"
        name = quote(media.name, safe="")
        return self.connect().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": _kept(media),
                "ResponseContentType": media.type,
                "ResponseContentDisposition": f"{shown}; filename*=UTF-8''{name}",
            },
            ExpiresIn=int(VIEWED.total_seconds()),
        )

    def place(self, media: Media) -> str:
        """Where a file that was kept lies, as End User Messaging takes it."""
        return f"s3://{self.bucket}/{_kept(media)}"

    def delete(self, media: Media) -> None:
        """Remove the file and what was uploaded of it."""
        for key in (_incoming(media), _kept(media)):
            self.connect().delete_object(Bucket=self.bucket, Key=key)


def _incoming(media: Media) -> str:
    return f"{INCOMING}/{media.tenant}/{media.id}"


def _kept(media: Media) -> str:
    # S3 counts the days from when it was kept, which is later: it outlives its item.
    needed = media.expires_at - media.created_at
    days = next(each for each in KEPT_DAYS if needed <= timedelta(days=each))
    return f"{kept_under(days)}/{media.tenant}/{media.id}"


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
