"""Imports as their callers see them: announced, started, looked at, cancelled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outbound.domain import ids
from outbound.domain.contact_import import KEPT, ContactImport, ImportState, Kind
from outbound.domain.errors import Refusal
from outbound.domain.key import check_purpose
from outbound.domain.task import Task, Work
from outbound.domain.words import Purpose
from outbound.flow.once import check_left_by_crash, reserve
from outbound.ports import Claim

if TYPE_CHECKING:
    from outbound.domain.contact_import import Plan
    from outbound.domain.key import ApiKey
    from outbound.ports import (
        Clock,
        ContactImports,
        Idempotency,
        ImportFiles,
        Tasks,
        Tokens,
        UploadForm,
    )

TRIES = 5
GZIP = b"\x1f\x8b"
OPEN = frozenset({ImportState.WAITING, ImportState.RUNNING})


@dataclass(frozen=True, slots=True)
class ImportPorts:
    """What the keeping of imports works with."""

    clock: Clock
    tokens: Tokens
    imports: ContactImports
    files: ImportFiles
    idempotency: Idempotency
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class NewImport:
    """An import as it is announced."""

    plan: Plan
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """An import, the form that takes its file while it waits, and whether it was announced."""

    imported: ContactImport
    form: UploadForm | None
    replayed: bool


def announce(request: NewImport, key: ApiKey, ports: ImportPorts) -> Announced:
    """Write an import down, once for each idempotency key.

    Raises:
        Refusal: the idempotency key was used with another request, or is at work; or the key may
            not send for the purpose that all rows have.
    """
    purpose = request.plan.constants.get("purpose")
    if request.plan.kind is Kind.REMINDERS and purpose is not None:
        check_purpose(key, Purpose(purpose), "/constants/purpose")
    now = ports.clock.now()
    cause = request.idempotency_key or ports.tokens.token()
    mine = Claim(request.fingerprint, ids.import_id(key.tenant, now, cause), now)
    claim, earlier = reserve(ports.idempotency, key.tenant, key.mode, request.idempotency_key, mine)
    if earlier:
        found = ports.imports.get(key.tenant, claim.resource)
        if found is not None:
            waits = found.state is ImportState.WAITING
            return Announced(found, ports.files.form(found, now) if waits else None, replayed=True)
        check_left_by_crash(claim, now)
    imported = ContactImport(
        tenant=key.tenant,
        id=claim.resource,
        plan=request.plan,
        by=key.id,
        created_at=claim.at,
        mode=key.mode,
        purposes=key.purposes,
    )
    ports.imports.insert(imported)
    return Announced(imported, ports.files.form(imported, now), replayed=False)


def find(import_id: str, key: ApiKey, ports: ImportPorts) -> ContactImport:
    """An import.

    Raises:
        Refusal: the tenant has none with this id.
    """
    imported = ports.imports.get(key.tenant, import_id)
    if imported is None or imported.created_at + KEPT <= ports.clock.now():
        raise Refusal("unknown_import", "There is no import with this id.")
    return imported


def start(import_id: str, key: ApiKey, ports: ImportPorts) -> ContactImport:
    """Have the file read that was uploaded; one that is being read is only queued again.

    Raises:
        Refusal: there is no such import, it has ended, or its file isn't there.
    """
    for _ in range(TRIES):
        imported = find(import_id, key, ports)
        if imported.state not in OPEN:
            raise Refusal("import_ended", "The import has ended. Announce another.")
        if imported.state is ImportState.WAITING:
            imported = _begun(imported, ports)
            ports.imports.attend(imported.tenant, imported.id)
            if not ports.imports.replace(imported):
                continue
        ports.tasks.send([task_of(imported)])
        return imported
    raise _busy()


def _begun(imported: ContactImport, ports: ImportPorts) -> ContactImport:
    uploaded = ports.files.uploaded(imported)
    if uploaded is None:
        raise Refusal("file_not_uploaded", "The file isn't there. Upload it by the form first.")
    return replace(
        imported,
        state=ImportState.RUNNING,
        size=uploaded.size,
        tag=uploaded.tag,
        packed=uploaded.head.startswith(GZIP),
        started_at=ports.clock.now(),
        version=imported.version + 1,
    )


def cancel(import_id: str, key: ApiKey, ports: ImportPorts) -> ContactImport:
    """Stop an import; rows that were taken stay. One that was cancelled stays so.

    Raises:
        Refusal: there is no such import, or it has ended otherwise.
    """
    for _ in range(TRIES):
        imported = find(import_id, key, ports)
        if imported.state is ImportState.CANCELLED:
            return imported
        if imported.state not in OPEN:
            raise Refusal("import_ended", "The import has ended.")
        cancelled = imported.ended(ImportState.CANCELLED, ports.clock.now())
        if ports.imports.replace(cancelled):
            # Who reads it now finds that it has ended, and makes the report.
            ports.tasks.send([task_of(cancelled)])
            return cancelled
    raise _busy()


def sweep(ports: ImportPorts) -> int:
    """Queue all imports that have begun and not ended; duplicates do the same work once."""
    tasks = [Task(Work.IMPORT, import_id, tenant) for tenant, import_id in ports.imports.attended()]
    ports.tasks.send(tasks)
    return len(tasks)


def task_of(imported: ContactImport) -> Task:
    """The work on an import."""
    return Task(Work.IMPORT, imported.id, imported.tenant)


def _busy() -> Refusal:
    return Refusal("import_busy", "The import is changing. Try again.", retry_after=1)
