"""Where files lie: those of tenants, and of exports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from outbound.wiring import process

if TYPE_CHECKING:
    from outbound.adapters.s3 import S3Files
    from outbound.adapters.s3_run_exports import S3ExportFiles


@cache
def media() -> S3Files:
    """The files of tenants."""
    from outbound.adapters.s3 import S3Files

    return S3Files(s3, process.settings().text("MEDIA_BUCKET"))


def exports() -> S3ExportFiles:
    """The files of exports."""
    from outbound.adapters.s3_run_exports import S3ExportFiles

    return S3ExportFiles(s3, process.settings().text("MEDIA_BUCKET"))


def s3() -> Any:
    """The client of all files."""
    # Made at the first file: most messages have none, and the client takes 100 ms to build.
    # Version 4: S3 takes no other signature for what our own key encrypts, and botocore would
    # choose an older one in some regions.
    return process.client("s3", read_timeout=10, signature="s3v4")
