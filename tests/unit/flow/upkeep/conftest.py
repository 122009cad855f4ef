from __future__ import annotations

import pytest

from tests.memory.upkeep import Upkeep


@pytest.fixture
def upkeep() -> Upkeep:
    return Upkeep()
