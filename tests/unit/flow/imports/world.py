"""Imports over ports in memory."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any

from outbound.adapters.imports.reader import FileReader
from outbound.domain.contact_import import Format, Plan
from outbound.flow.imports import keeping
from outbound.flow.imports.keeping import ImportPorts, NewImport
from outbound.flow.imports.working import Importing, work
from tests import memory
from tests.builders import TENANT, make_key
from tests.memory.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.contact import Contact
    from outbound.domain.contact_import import ContactImport

KEY = make_key()
CSV = Plan(Format.CSV)


@dataclass
class Imports:
    """A tenant's contacts and reminders, and files that are imported into them."""

    world: World = field(default_factory=World)
    files: memory.MemoryImportFiles = field(default_factory=memory.MemoryImportFiles)
    tasks: memory.MemoryTasks = field(default_factory=memory.MemoryTasks)
    keeping: ImportPorts = field(init=False)
    ports: Importing = field(init=False)

    def __post_init__(self) -> None:
        self.keeping = ImportPorts(
            clock=self.world.clock,
            tokens=self.world.tokens,
            imports=memory.MemoryContactImports(),
            files=self.files,
            idempotency=memory.MemoryIdempotency(),
            tasks=self.tasks,
        )
        self.ports = Importing(
            self.keeping, self.world.people, FileReader(), lambda: self.world.reminder_ports
        )

    @property
    def contacts(self) -> memory.MemoryContacts:
        return self.world.contacts

    def begin(self, content: bytes | str, plan: Plan = CSV) -> ContactImport:
        """An import whose file is uploaded and which is started."""
        made = keeping.announce(NewImport(plan), KEY, self.keeping)
        assert made.form is not None
        data = content if isinstance(content, bytes) else content.encode()
        self.files.upload(made.form, data)
        return keeping.start(made.imported.id, KEY, self.keeping)

    def work(self, *, steps: int | None = None) -> None:
        """Work off what is queued; `steps` are those that an invocation has time for."""
        while tasks := self.tasks.take():
            for task in tasks:
                left = iter(range(steps - 1)) if steps else repeat(0)
                work(task.tenant, task.id, self.ports, may_go_on=partial(_any_left, left))

    def run(self, content: bytes | str, plan: Plan = CSV) -> ContactImport:
        """An import as it has ended."""
        begun = self.begin(content, plan)
        self.work()
        return self.look(begun)

    def look(self, imported: ContactImport) -> ContactImport:
        return keeping.find(imported.id, KEY, self.keeping)

    def contact(self, contact_id: str) -> Contact:
        return self.contacts.contacts[TENANT, contact_id]

    def report(self, imported: ContactImport) -> list[dict[str, str]]:
        """The lines of a report."""
        text = self.files.reports[f"{TENANT}/{imported.id}"]
        return list(csv.DictReader(io.StringIO(text)))


def _any_left(left: Iterator[int]) -> bool:
    return next(left, None) is not None


def without_place(contact: Contact, **changes: Any) -> Contact:
    """A contact without what only says when it was written."""
    return replace(contact, version=0, updated_at=None, **changes)
