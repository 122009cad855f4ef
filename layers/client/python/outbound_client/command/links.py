"""`outbound links rotate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command import show
from outbound_client.command.deployment import ask_manage

if TYPE_CHECKING:
    from argparse import Namespace

    from outbound_client.command.surroundings import Surroundings


def rotate(asked: Namespace, around: Surroundings) -> None:
    """Have links signed by a new key; those that are in mailboxes go on working."""
    answer = ask_manage(asked, around, {"command": "rotate_links"})
    if asked.json:
        show.as_json({"signs_from": answer["signs_from"]})
        return
    print(f"Links are signed by a new key from {answer['signs_from']} on.")
    print("Those by the old one work for 400 days more.")
