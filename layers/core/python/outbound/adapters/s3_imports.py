"""The files of imports over S3, in the bucket of media: uploads beside others, reports kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.adapters.s3 import ABSENT, CHANGED, INCOMING, kept_under
from outbound.domain.contact_import import KEPT, LARGEST_FILE
from outbound.domain.media import UPLOAD_TIME
from outbound.ports import FileGone, UploadedFile, UploadForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mypy_boto3_s3 import S3Client

    from outbound.domain.contact_import import ContactImport

PIECE = 1_000_000
LINK_SECONDS = 3600
TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class S3ImportFiles:
    """Uploads are removed when they are read, or after a day, longer than any import takes; reports
    after 93.

    `connect` gives the client, the same each time.
    """

    connect: Callable[[], S3Client]
    bucket: str

    def form(self, imported: ContactImport, now: datetime) -> UploadForm:
        """A presigned POST for this file alone, of any size that is allowed."""
        answer = self.connect().generate_presigned_post(
            self.bucket,
            _incoming(imported),
            Conditions=[["content-length-range", 1, LARGEST_FILE]],
            ExpiresIn=int(UPLOAD_TIME.total_seconds()),
        )
        return UploadForm(answer["url"], answer["fields"], now + UPLOAD_TIME)

    def uploaded(self, imported: ContactImport) -> UploadedFile | None:
        """Its size, its ETag and its first bytes."""
        try:
            answer = self.connect().get_object(
                Bucket=self.bucket, Key=_incoming(imported), Range="bytes=0-1"
            )
        except ClientError as error:
            if _code(error) in ABSENT:
                return None
            raise
        size = int(answer["ContentRange"].rpartition("/")[2])
        return UploadedFile(size, answer["ETag"], answer["Body"].read())

    def open(self, imported: ContactImport, offset: int) -> Iterator[bytes]:
        """What was uploaded when the import was started, and nothing that replaced it."""
        if imported.size is not None and offset >= imported.size:
            return
        try:
            answer = self.connect().get_object(
                Bucket=self.bucket,
                Key=_incoming(imported),
                Range=f"bytes={offset}-",
                IfMatch=imported.tag or "",
            )
        except ClientError as error:
            if _code(error) in (*ABSENT, *CHANGED):
                raise FileGone from None
            raise
        yield from answer["Body"].iter_chunks(PIECE)

    def remove(self, imported: ContactImport) -> None:
        """Remove what was uploaded."""
        self.connect().delete_object(Bucket=self.bucket, Key=_incoming(imported))

    def put_part(self, imported: ContactImport, number: int, content: str) -> None:
        """Write a part, over what was there."""
        self._put(_part(imported, number), content)

    def join_parts(self, imported: ContactImport, head: str) -> None:
        """Read all parts, which a bound keeps small, and write them as one."""
        client = self.connect()
        parts = [
            client.get_object(Bucket=self.bucket, Key=_part(imported, number))["Body"].read()
            for number in range(imported.parts)
        ]
        self._put(_report(imported), head + b"".join(parts).decode())

    def report(self, imported: ContactImport) -> str:
        """A presigned link, under which browsers save a file."""
        parameters: dict[str, Any] = {
            "Bucket": self.bucket,
            "Key": _report(imported),
            "ResponseContentDisposition": f'attachment; filename="{imported.id}.csv"',
        }
        return self.connect().generate_presigned_url(
            "get_object", Params=parameters, ExpiresIn=LINK_SECONDS
        )

    def _put(self, key: str, content: str) -> None:
        self.connect().put_object(
            Bucket=self.bucket, Key=key, Body=content.encode(), ContentType=TYPE
        )


def _incoming(imported: ContactImport) -> str:
    return f"{INCOMING}/{imported.tenant}/{imported.id}"


def _report(imported: ContactImport) -> str:
    return f"{kept_under(KEPT.days)}/{imported.tenant}/{imported.id}.csv"


def _part(imported: ContactImport, number: int) -> str:
    return f"{kept_under(KEPT.days)}/{imported.tenant}/{imported.id}/{number:05d}.csv"


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
