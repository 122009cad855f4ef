"""How much of the functions' environment is left for settings that grow with their number.

Lambda allows 4,096 bytes for all variables of a function, counted as JSON; texts that are JSON
themselves are escaped in it: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infra import two_way
from infra.config_error import ConfigError
from infra.senders import stated

if TYPE_CHECKING:
    from infra.config import Config

ROOM = 1_500
"""Bytes; the rest is for the names of tables and queues."""


INBOUND_ROOM = 2_600
"""Bytes of the function that hears texts, which knows no prices and one queue."""


def check_room(path: str, config: Config) -> None:
    """Raises ConfigError where senders are too many, with prices and rules, or with numbers."""
    senders = stated(config.email.tenants)
    changed = config.permission.text
    for other, texts, room in (
        ("prices", (config.prices.text, changed, config.pages_url or ""), ROOM),
        ("sms.two_way", (two_way.stated(config.sms.two_way),), INBOUND_ROOM),
    ):
        taken = sum(map(_bytes, (senders, *texts)))
        if taken > room:
            raise ConfigError(
                f"{path}.{other} and {path}.email.tenants take {taken:,} bytes"
                f"{f' with {path}.permission' if changed and len(texts) > 1 else ''}, and the "
                f"functions' environment has room for {room:,}: remove what nobody needs from "
                "cdk.json (a tenant that isn't there sends as email.from), or deploy an "
                "environment of its own for some of the tenants"
            )


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())
