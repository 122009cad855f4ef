"""The command, run in an account of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from outbound_client.command import main
from outbound_client.command.failures import REFUSED, Failure
from outbound_client.command.surroundings import Surroundings
from tests.unit.client.command.conftest import Result
from tests.unit.client.command.world import World, connected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)


def _nobody(_: str) -> None:
    raise Failure("Nothing was done.", REFUSED)


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    undo = connected(world)
    yield world
    undo()


@pytest.fixture
def command(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: str, **around: Any) -> Result:
        surroundings: dict[str, Any] = {
            "environment": {},
            "folder": tmp_path,
            "now": lambda: NOW,
            "sleep": lambda _: None,
            "aws_again": world,
            "resolver": lambda _: world,
            "confirm": _nobody,
        }
        code = main(arguments, surroundings=Surroundings(**{**surroundings, **around}))
        return Result(code, *capsys.readouterr())

    return run
