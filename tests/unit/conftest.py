"""The same random cases in each run, and all ports in memory with a clock that stands still."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.memory import World

settings.register_profile("unit", derandomize=True, database=None, deadline=None)
settings.load_profile("unit")


@pytest.fixture
def world() -> World:
    return World()
