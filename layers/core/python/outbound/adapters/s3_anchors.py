"""Anchors over S3: a bucket with Object Lock, in which nobody can remove or change a version.

Somebody may still put a new version, or a mark of deletion, over a file; so a file is its first
version, whatever lies over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from outbound.ports import StoredAnchor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mypy_boto3_s3 import S3Client

    from outbound.domain.anchor import AnchorFile

THERE = ("412", "PreconditionFailed", "409", "ConditionalRequestConflict")


@dataclass(frozen=True, slots=True)
class S3Anchors:
    """Files in one bucket, under their tenants; `connect` gives the client, the same each time."""

    connect: Callable[[], S3Client]
    bucket: str

    def put(self, file: AnchorFile) -> bool:
        """Write a file unless its name is taken; the bucket locks it by itself."""
        try:
            self.connect().put_object(
                Bucket=self.bucket,
                Key=file.name,
                Body=file.content,
                ContentType="application/jsonl",
                ChecksumAlgorithm="SHA256",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in THERE:
                return False
            raise
        return True

    def tenants(self) -> Sequence[str]:
        """The first parts of all names, those of deleted files too."""
        pages = self._pages(Delimiter="/")
        return sorted(
            {
                each["Prefix"].rstrip("/")
                for page in pages
                for each in page.get("CommonPrefixes", ())
            }
        )

    def files(self, tenant: str, *, after: str | None = None) -> Iterator[StoredAnchor]:
        """Names with how many versions and marks lie over each."""
        for name, versions in groupby(self._versions(tenant, after), key=itemgetter("Key")):
            if name > (after or ""):
                yield StoredAnchor(name, len(list(versions)) - 1)

    def read(self, name: str) -> bytes:
        """The first version of a file."""
        versions = [each for each in self._of_name(name) if "ETag" in each]
        first = min(versions, key=itemgetter("LastModified"))
        answer = self.connect().get_object(
            Bucket=self.bucket, Key=name, VersionId=first["VersionId"]
        )
        return answer["Body"].read()

    def _of_name(self, name: str) -> list[dict[str, Any]]:
        pages = self._pages(Prefix=name)
        # Newest first, so of two within a second the later one in the list is the first.
        return [each for page in pages for each in reversed(page.get("Versions", ()))]

    def _versions(self, tenant: str, after: str | None) -> Iterator[Any]:
        for page in self._pages(Prefix=f"{tenant}/", **({"KeyMarker": after} if after else {})):
            both = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            yield from sorted(both, key=itemgetter("Key"))

    def _pages(self, **request: Any) -> Iterator[Any]:
        client: Any = self.connect()
        while True:
            page = client.list_object_versions(Bucket=self.bucket, **request)
            yield page
            if not page.get("IsTruncated"):
                return
            request["KeyMarker"] = page["NextKeyMarker"]
            request["VersionIdMarker"] = page.get("NextVersionIdMarker", "")
