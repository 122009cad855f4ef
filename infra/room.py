"""How much of the functions' environment is left for settings that grow with their number.

Lambda allows 4,096 bytes for all variables of a function, counted as JSON; texts that are JSON
themselves are escaped in it: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infra.config_error import ConfigError
from infra.senders import stated

if TYPE_CHECKING:
    from infra.config import Config

ROOM = 1_800
"""Bytes; the rest is for the names of tables and queues."""


def check_room(path: str, config: Config) -> None:
    """Raises ConfigError where prices and senders together are too many."""
    own = {"prices": config.prices.text, "email.tenants": stated(config.email.tenants)}
    taken = sum(len(json.dumps(text, ensure_ascii=False).encode()) for text in own.values())
    if taken > ROOM:
        raise ConfigError(
            f"{path}.prices and {path}.email.tenants take {taken:,} bytes, and the functions' "
            f"environment has room for {ROOM:,}: remove what nobody needs from cdk.json (a tenant "
            "that isn't there sends as email.from), or deploy an environment of its own for some "
            "of the tenants"
        )
