"""Which API to talk to, and with which key."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from outbound_client.client import OutboundClient
from outbound_client.command.failures import Failure

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings

_LOCAL = ".local/outbound.json"


def client(asked: Namespace, around: Surroundings) -> OutboundClient:
    """A client for what the options say, else the environment, else a local run.

    Raises:
        Failure: there is no URL or no key.
        ValueError: the URL or the key can't be used.
    """
    url, key = _url_and_key(asked, around)
    return OutboundClient(url, key, transport=around.transport, sleep=around.sleep)


def _url_and_key(asked: Namespace, around: Surroundings) -> tuple[str, str]:
    url = asked.url or around.environment.get("OUTBOUND_URL")
    key = asked.api_key or around.environment.get("OUTBOUND_API_KEY")
    if url and key:
        return url, key
    # Both or none: a local key is no business of another URL.
    if url:
        raise Failure("No API key: set OUTBOUND_API_KEY, or give --api-key.")
    if key:
        raise Failure("No URL: set OUTBOUND_URL, or give --url.")
    return _local(around)


def _local(around: Surroundings) -> tuple[str, str]:
    try:
        found = json.loads((around.folder / _LOCAL).read_text(encoding="utf-8"))
        url, key = str(found["url"]), str(found["api_key"])
    except FileNotFoundError:
        raise Failure(
            "No URL and no API key: set OUTBOUND_URL and OUTBOUND_API_KEY, or give --url and"
            f" --api-key. ({_LOCAL}, which a local run writes, isn't in this folder either.)"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Failure(f"{_LOCAL} can't be read: start the local run again.") from None
    print(f"outbound: using the local run at {url} ({_LOCAL})", file=sys.stderr)
    return url, key
