"""The files of exports over S3, in the bucket of media: uploads of several parts, made one by S3.

The bucket ends uploads that nobody finishes after a day, and removes files after a week.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from outbound.adapters.s3 import ABSENT, kept_under
from outbound.adapters.s3_imports import LINK_SECONDS, TYPE
from outbound.domain.instant import milliseconds
from outbound.domain.run_export import KEPT
from outbound.ports import UploadGone

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

    from outbound.domain.run_export import RunExport

LEAST = 5 * 1024 * 1024
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html"""
NO_UPLOAD = ("NoSuchUpload", *ABSENT)


@dataclass(frozen=True, slots=True)
class S3ExportFiles:
    """`connect` gives the client, the same each time. A key holds tenant, run and time."""

    connect: Callable[[], S3Client]
    bucket: str
    least: int = LEAST

    def begin(self, export: RunExport) -> str:
        """The id that S3 gives an upload."""
        answer = self.connect().create_multipart_upload(
            Bucket=self.bucket, Key=_file(export), ContentType=TYPE
        )
        return answer["UploadId"]

    def put_part(self, export: RunExport, number: int, content: bytes) -> str:
        """Store a part; its ETag."""
        try:
            answer = self.connect().upload_part(
                Bucket=self.bucket,
                Key=_file(export),
                UploadId=export.upload or "",
                PartNumber=number,
                Body=content,
            )
        except ClientError as error:
            if _code(error) in NO_UPLOAD:
                raise UploadGone from None
            raise
        return answer["ETag"]

    def put_rest(self, export: RunExport, number: int, content: bytes) -> None:
        """Store it as a file of its own."""
        self.connect().put_object(
            Bucket=self.bucket, Key=_rest(export, number), Body=content, ContentType=TYPE
        )

    def rest(self, export: RunExport, number: int) -> bytes:
        """What was stored."""
        try:
            answer = self.connect().get_object(Bucket=self.bucket, Key=_rest(export, number))
        except ClientError as error:
            if _code(error) in ABSENT:
                raise UploadGone from None
            raise
        return answer["Body"].read()

    def join(self, export: RunExport) -> None:
        """Have S3 make the file. Where the upload has ended, it may have done so before."""
        parts: list[CompletedPartTypeDef] = [
            {"PartNumber": part.number, "ETag": part.tag} for part in export.parts
        ]
        try:
            self.connect().complete_multipart_upload(
                Bucket=self.bucket,
                Key=_file(export),
                UploadId=export.upload or "",
                MultipartUpload={"Parts": parts},
            )
        except ClientError as error:
            if _code(error) not in NO_UPLOAD:
                raise
            self._check_made(export)

    def remove(self, export: RunExport) -> None:
        """End the upload, and remove the file and all that was written between its parts."""
        client = self.connect()
        if export.upload is not None:
            try:
                client.abort_multipart_upload(
                    Bucket=self.bucket, Key=_file(export), UploadId=export.upload
                )
            except ClientError as error:
                if _code(error) not in NO_UPLOAD:
                    raise
        rests = (_rest(export, number) for number in range(1, export.claims + 1))
        for key in (_file(export), *rests):
            client.delete_object(Bucket=self.bucket, Key=key)

    def link(self, export: RunExport) -> str:
        """A presigned link, under which browsers save a file."""
        return self.connect().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self.bucket,
                "Key": _file(export),
                "ResponseContentDisposition": f'attachment; filename="{export.run.id}.csv"',
            },
            ExpiresIn=LINK_SECONDS,
        )

    def _check_made(self, export: RunExport) -> None:
        try:
            self.connect().head_object(Bucket=self.bucket, Key=_file(export))
        except ClientError as error:
            if _code(error) in ABSENT:
                raise UploadGone from None
            raise


def _file(export: RunExport) -> str:
    return f"{_place(export)}.csv"


def _rest(export: RunExport, number: int) -> str:
    return f"{_place(export)}/{number:05d}"


def _place(export: RunExport) -> str:
    run, began = export.run, milliseconds(export.began_at)
    return f"{kept_under(KEPT.days)}/{run.tenant}/{run.campaign}/{run.id}/{began}"


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")
