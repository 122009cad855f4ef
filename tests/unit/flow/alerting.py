"""An alert from its request to its end over the ports in memory, whoever dies meanwhile."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.address import Address
from outbound.domain.alert import (
    AlertSettings,
    AlertStatus,
    AlertType,
    Category,
    Certainty,
    Info,
    Severity,
    Target,
    Urgency,
)
from outbound.domain.errors import Refusal
from outbound.domain.task import Work
from outbound.domain.tester import Tester
from outbound.domain.words import Channel
from outbound.flow.alerts import making, sending, steering, tending
from outbound.flow.alerts.making import NewAlert, Places
from outbound.flow.alerts.progress import progress_of
from outbound.flow.counting import Changed, count
from outbound.flow.deliver import deliver
from tests.builders import TENANT, make_contact, make_key
from tests.memory.clock import START
from tests.memory.world import World
from tests.unit.flow.campaigning import Fuse, Killable, Killed, Streamed

if TYPE_CHECKING:
    from collections.abc import Callable

    from outbound.domain.alert import Alert
    from outbound.domain.contact import Contact
    from outbound.domain.message import Message
    from outbound.flow.alerts.progress import Progress

ADA = make_key(id="key_00000000000000000001", person="ada")
GRACE = make_key(id="key_00000000000000000002", person="grace")
EXERCISE = {"status": AlertStatus.EXERCISE}
PLACES = Places(
    "/target/segment", "/references", "/expires_at", ("/info/0", "/info/1"), (), "/template"
)


def refusal_of(act: Callable[..., Any], *arguments: Any) -> Refusal:
    """What it is refused with."""
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value


def info(language: str = "en-US", **changes: Any) -> Info:
    values: dict[str, Any] = {
        "language": language,
        "event": "Flood",
        "urgency": Urgency.IMMEDIATE,
        "severity": Severity.SEVERE,
        "certainty": Certainty.OBSERVED,
        "categories": (Category.MET,),
        "headline": "The river rises",
        "instruction": "Go to high ground.",
        "sender_name": "County",
    }
    return Info(**values | changes)


SPANISH = info("es-US", headline="El río crece", instruction="Vaya a un lugar alto.")


def wanted(**changes: Any) -> NewAlert:
    values: dict[str, Any] = {
        "status": AlertStatus.ACTUAL,
        "kind": AlertType.ALERT,
        "infos": (info(), SPANISH),
        "target": Target(("US-WA",)),
        "channels": tuple(Channel),
        "expires_at": START + timedelta(hours=6),
        "calls_again": 0,
    }
    apart = {
        name: changes.pop(name) for name in ("identity", "referred", "once") if name in changes
    }
    settings = AlertSettings(**values | changes)
    return NewAlert(
        settings,
        apart.get("identity"),
        apart.get("referred", ()),
        replace(
            PLACES,
            infos=PLACES.infos[: len(settings.infos)],
            steps=("/escalation",) * len(settings.escalation),
        ),
        apart.get("once"),
        repr(settings),
    )


@dataclass
class Alerting(World):
    """A world in which alerts are sent; `odds` is how often whoever works dies."""

    seed: int = 7
    odds: float = 0.0
    renderer: Any = field(default_factory=JinjaRenderer)
    fuse: Fuse = field(init=False)
    batches: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.messages.kept = Streamed()
        self.fuse = Fuse(random.Random(self.seed), self.odds)

    def add_people(self, number: int, **changes: Any) -> list[Contact]:
        """Contacts with a phone and an email."""
        made = [
            make_contact(
                f"con_{changes.get('region', 'x')}_{each}",
                Address("phone", f"+1425555{len(self.contacts.contacts) + each:04}"),
                Address("email", f"p{len(self.contacts.contacts) + each}@example.com"),
                **changes,
            )
            for each in range(number)
        ]
        self.contacts.create_many(made)
        return made

    def tester(self, name: str, address: Address, *, verified: bool = True) -> None:
        known = self.testers.all(TENANT)
        tester = Tester(name, address, START, verified_at=START if verified else None)
        self.testers.write(TENANT, (*known.testers, tester), known.version)

    def make(self, key: Any = ADA, **changes: Any) -> Alert:
        return making.create(wanted(**changes), key, self.alert_ports).alert

    def launch(self, **changes: Any) -> Alert:
        return steering.approve(self.make(**changes), GRACE, self.alert_ports)

    def run(self, *, minutes: int = 1, hand_over: bool = True) -> None:
        """Let time pass, minute by minute, until nothing is queued in each."""
        for _ in range(minutes):
            tending.sweep(self.alert_sending)
            self.work(hand_over=hand_over)
            self.clock.advance(timedelta(minutes=1))

    def work(self, *, hand_over: bool = True) -> None:
        while tasks := self.tasks.take():
            self.fuse.source.shuffle(tasks)
            for task in tasks:
                self._do(self._task, task)
            self._count()
        if hand_over:
            for ref in self.queue.take():
                self._do(self._message, ref)
            self._count()

    def messages_of(self, alert: Alert) -> list[Message]:
        return [
            each
            for each in self.messages.kept.values()
            if each.campaign is not None and each.campaign.id == alert.id
        ]

    def ended(self, alert: Alert) -> Alert:
        """The alert as it is now."""
        return self.alerts.kept[alert.tenant, alert.id]

    def progress(self, alert: Alert) -> Progress:
        return progress_of(alert, self.alerts, self.runs)

    def _do(self, do: Callable[[Any], None], what: Any) -> None:
        """An event that isn't worked off comes again, as SQS brings it."""
        for _ in range(4):
            try:
                do(what)
            except Killed:
                continue
            return

    def _task(self, task: Any) -> None:
        ports = replace(
            self.alert_sending,
            alerts=self._killable(self.alerts),
            runs=self._killable(self.runs),
            messages=self._killable(self.messages),
            queue=self._killable(self.queue),
            tasks=self._killable(self.tasks),
        )
        if task.work is Work.TEND_ALERT:
            tending.tend(task, ports)
        else:
            sending.work_on(task, ports, may_go_on=lambda: self.fuse.source.random() > 0.1)

    def _message(self, ref: Any) -> None:
        message = self.messages.get(ref)
        assert message is not None
        deliver(ref, replace(self.deliver, channel=message.channel))

    def _count(self) -> None:
        assert isinstance(self.messages.kept, Streamed)
        batch, self.messages.kept.log[:] = list(self.messages.kept.log), []
        self.batches += 1
        count([each for each in batch if isinstance(each, Changed)], str(self.batches), self.runs)

    def _killable(self, port: Any) -> Any:
        return Killable(port, self.fuse)
