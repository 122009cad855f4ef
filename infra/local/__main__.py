"""`make demo`, `make local`, `make dashboard`, `make stop`."""

import os
import sys

from rich.console import Console

from infra.local import demo, running
from infra.local.picture import making
from infra.local.places import HOME, LocalRunError, places
from infra.local.running import LocalRun


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in DO:
        print(f"usage: python -m infra.local {'|'.join(DO)}", file=sys.stderr)
        return 2
    console = Console()
    try:
        return DO[arguments[0]](console)
    except LocalRunError as error:
        console.print(f"[red]✗[/] {error}", highlight=False, markup=True)
        return 1
    except KeyboardInterrupt:
        running.stop()
        console.print("Stopped.")
        return 130


def _demo(console: Console) -> int:
    local = running.start(places(), console)
    right = demo.run(local, console)
    if os.environ.get("CI"):
        running.stop()
    else:
        console.print(f"\nLook at what was sent: {local.outbox_url}", highlight=False)
        console.print("It goes on running. `make stop` ends it.", highlight=False)
    if not right:
        console.print(f"[red]Not all ended as expected.[/] Logs are in {HOME}.", highlight=False)
    return 0 if right else 1


def _start(console: Console) -> int:
    local = running.start(places(), console)
    console.print(_invitation(local), highlight=False, soft_wrap=True, markup=False)
    return 0


def _dashboard(console: Console) -> int:
    console.print(str(making.make(places())), highlight=False, markup=False, soft_wrap=True)
    return 0


def _stop(console: Console) -> int:
    stopped = running.stop()
    console.print(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
    return 0


def _invitation(local: LocalRun) -> str:
    body = (
        '{"to": {"phone": "+14255550123"}, "channel": "sms", "purpose": "transactional", '
        '"content": {"text": "Order {{ order }} has shipped."}, "data": {"order": "A-77"}}'
    )
    key = f"-H 'Authorization: Bearer {local.api_key}'"
    return f"""
API     {local.url}
Key     {local.api_key}
Outbox  {local.outbox_url}

Send a text, list what its contact was sent, look at what left:

curl -sS {key} -H 'Idempotency-Key: order-77-shipped' \\
  '{local.url}/v1/messages' --json '{body}'

curl -sS {key} '{local.url}/v1/messages?contact_id=CONTACT_ID_OF_THE_ANSWER'

curl -sS '{local.outbox_url}.json'

Look what would keep messages from leaving: outbound doctor --environment local

`make stop` ends it."""


DO = {"demo": _demo, "start": _start, "stop": _stop, "dashboard": _dashboard}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
