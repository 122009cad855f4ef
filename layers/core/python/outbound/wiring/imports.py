"""Imports of contacts and appointments."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, contacts, files, process, reminders

if TYPE_CHECKING:
    from outbound.flow.imports.keeping import ImportPorts
    from outbound.flow.imports.working import Importing


@cache
def contact_imports() -> ImportPorts:
    """What the keeping of imports works with."""
    from outbound.adapters.dynamodb.contact_imports import DynamoContactImports
    from outbound.adapters.s3_imports import S3ImportFiles
    from outbound.adapters.sqs import SqsTasks
    from outbound.flow.imports.keeping import ImportPorts

    return ImportPorts(
        clock=process.clock,
        tokens=process.tokens,
        imports=DynamoContactImports(process.table("CATALOG")),
        files=S3ImportFiles(files.s3, process.settings().text("MEDIA_BUCKET")),
        idempotency=catalog.idempotency(),
        tasks=SqsTasks(process.client("sqs"), process.settings().text("IMPORTS_QUEUE")),
    )


@cache
def importing() -> Importing:
    """What the reading of imports works with."""
    from outbound.adapters.imports.reader import FileReader
    from outbound.flow.imports.working import Importing

    return Importing(contact_imports(), contacts.people(), FileReader(), reminders.reminder_ports)
