"""Imports: files of contacts and of appointments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.models import Import, ImportPage
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from outbound_client.connection import Connection


class ImportCalls:
    """The calls on imports."""

    _api: Connection

    def announce_import(
        self,
        format: str,
        *,
        type: str | None = None,
        source: str | None = None,
        columns: Mapping[str, str | None] | None = None,
        constants: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> Import:
        """Announce a file, `csv` or `ndjson`; the answer has where to upload it.

        `type` is `contacts` if not given, or `reminders`. `source` is `pinpoint` for exports of
        Amazon Pinpoint; `columns` are what headers mean that don't say so themselves, `constants`
        what every row has.
        """
        body = body_of(
            type=type, format=format, source=source, columns=columns, constants=constants
        )
        return self._api.post(Import, "/v1/imports", body, idempotency_key)

    def import_contacts(
        self,
        content: bytes | BinaryIO,
        format: str,
        *,
        source: str | None = None,
        columns: Mapping[str, str | None] | None = None,
        constants: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> Import:
        """Announce a file, upload it and start the import; `get_import` says how far it is."""
        made = self.announce_import(
            format,
            source=source,
            columns=columns,
            constants=constants,
            idempotency_key=idempotency_key,
        )
        return self._uploaded(made, content)

    def import_reminders(
        self,
        content: bytes | BinaryIO,
        format: str,
        *,
        columns: Mapping[str, str | None] | None = None,
        constants: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
    ) -> Import:
        """The same with a file of appointments, whose contacts are reminded of them."""
        made = self.announce_import(
            format,
            type="reminders",
            columns=columns,
            constants=constants,
            idempotency_key=idempotency_key,
        )
        return self._uploaded(made, content)

    def _uploaded(self, made: Import, content: bytes | BinaryIO) -> Import:
        if made.upload is not None:
            self._api.upload(made.upload, content)
        return self.start_import(made.id)

    def start_import(self, import_id: str) -> Import:
        """Start an import whose file is uploaded."""
        return self._api.ask(Import, "POST", f"{path_to('imports', import_id)}/start")

    def get_import(self, import_id: str) -> Import:
        """How far an import is, and where its report is when it has ended."""
        return self._api.ask(Import, "GET", path_to("imports", import_id))

    def list_imports(self, limit: int | None = None, cursor: str | None = None) -> ImportPage:
        """A page of the tenant's imports, newest first."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(ImportPage, "GET", "/v1/imports", query=query)

    def cancel_import(self, import_id: str) -> Import:
        """Stop an import; what it took stays."""
        return self._api.ask(Import, "POST", f"{path_to('imports', import_id)}/cancel")
