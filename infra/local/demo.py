"""The demo: sends over HTTP, waits for what becomes of each message, and shows it."""

import time
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.table import Table

from infra.local import campaign, drill, moments
from infra.local.running import LocalRun
from infra.local.scenario import CLINIC, FIRST, THEN, Send
from outbound_client import Message, OutboundClient, OutboundError
from outbound_client.ready_made import LAYOUT, NAMES, document

PATIENCE = 90.0
FINAL = {"delivered", "undelivered", "bounced", "failed", "blocked", "cancelled", "expired"}


@dataclass(slots=True)
class Row:
    """A message of the demo on its way."""

    send: Send
    began: float
    message: Message
    ended: float | None = field(default=None)

    @property
    def as_expected(self) -> bool:
        return self.message.status == self.send.expected


def run(local: LocalRun, console: Console) -> bool:
    """Send everything; whether all ended as expected."""
    with OutboundClient(local.url, local.api_key) as client:
        client.put_settings(**CLINIC)
        for name in (LAYOUT, *NAMES):
            client.put_template(name, **document(name))
        begun = moments.begin(client, console)
        right = [_messages(client, console), campaign.run(client, console)]
        right += [drill.run(client, local, console)]
        return all([*right, moments.finish(begun, client, local, console)])


def _messages(client: OutboundClient, console: Console) -> bool:
    rows: list[Row] = []
    with Live(console=console, refresh_per_second=8) as live:
        for sends in (FIRST, THEN):
            rows += [Row(send, time.monotonic(), send.send(client)) for send in sends]
            _follow(client, rows, live)
    return all(row.as_expected for row in rows)


def _follow(client: OutboundClient, rows: list[Row], live: Live) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for row in rows:
            if row.ended is None:
                row.message = _look(client, row.message)
                row.ended = time.monotonic() if row.message.status in FINAL else None
        live.update(table(rows))
        if all(row.ended for row in rows):
            return
        time.sleep(0.2)


def _look(client: OutboundClient, message: Message) -> Message:
    try:
        return client.get_message(message.id)
    except OutboundError:
        # The client has repeated it already; the next round asks again, within its bound.
        return message


def table(rows: list[Row]) -> Table:
    """The messages and where they are."""
    shown = Table(title="What became of each message", title_justify="left", expand=True)
    shown.add_column("message", ratio=3)
    shown.add_column("channel", min_width=7)
    shown.add_column("status", min_width=13)
    shown.add_column("took", min_width=6, justify="right")
    shown.add_column("provider id", ratio=2, no_wrap=True, overflow="ellipsis")
    for row in rows:
        took = f"{(row.ended or time.monotonic()) - row.began:.1f} s"
        provider = row.message.provider
        shown.add_row(
            row.send.title,
            row.send.channel,
            _status(row),
            took,
            (provider.id or "") if provider else "—",
        )
    return shown


def _status(row: Row) -> str:
    status = row.message.status
    if row.ended is None:
        return f"[yellow]{status} …[/]"
    if row.as_expected:
        return f"[green]✓ {status}[/]"
    return f"[red]✗ {status}, expected {row.send.expected}[/]"
