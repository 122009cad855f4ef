"""The files of media messages, as the carrier reads them from a bucket."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.carrier.settings import Settings

PICTURES = frozenset({"image/gif", "image/jpeg", "image/png"})
LARGEST_PICTURE, LARGEST_OTHER = 2_000_000, 600_000
KINDS = ("audio/", "video/", "image/tiff", "application/pdf", "text/calendar", "text/vcard")
"""https://docs.aws.amazon.com/sms-voice/latest/userguide/mms-limitations-character.html"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a bucket; what its uploader called its type decides."""

    name: str
    content_type: str
    content: bytes


Files = Callable[[str], File | None]
"""The file at a place like `s3://bucket/key`; None where it can't be read."""


def as_named(url: str) -> File:
    """Take every file for there, of the type that its name says; without a bucket to look at."""
    name = url.rpartition("/")[2]
    return File(name, mimetypes.guess_type(name)[0] or "application/octet-stream", b"")


class EmulatorFiles:
    """Reads files from the emulator's S3."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings

    def __call__(self, url: str) -> File | None:
        """Read one file."""
        settings = self._settings()
        if settings.endpoint is None:
            return as_named(url)
        bucket, _, key = url.removeprefix("s3://").partition("/")
        try:
            found = _client(settings).get_object(Bucket=bucket, Key=key)
            return File(key.rpartition("/")[2], found["ContentType"], found["Body"].read())
        except (BotoCoreError, ClientError):
            return None


def fault_of(file: File | None) -> str | None:
    """What becomes of a media message that can't be sent for its file; None where it can."""
    if file is None:
        return "MEDIA_FILE_INACCESSIBLE"
    if file.content_type in PICTURES:
        largest = LARGEST_PICTURE
    elif file.content_type.startswith(KINDS):
        largest = LARGEST_OTHER
    else:
        return "MEDIA_FILE_TYPE_UNSUPPORTED"
    return "MEDIA_FILE_SIZE_EXCEEDED" if len(file.content) > largest else None


def _client(settings: Settings) -> Any:
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.account,
        aws_secret_access_key="local",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
