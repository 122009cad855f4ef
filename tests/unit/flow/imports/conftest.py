from __future__ import annotations

import pytest

from tests.unit.flow.imports.world import Imports


@pytest.fixture
def imports():
    return Imports()
