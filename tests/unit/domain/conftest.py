"""No sockets."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_network(socket_disabled):
    """The domain has no input and no output."""
