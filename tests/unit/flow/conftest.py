"""A message in the stores, ready to be delivered."""

from __future__ import annotations

import pytest

from tests.builders import make_body, make_message, ref_of
from tests.watch import personal_in


@pytest.fixture(autouse=True)
def no_network(socket_disabled):
    """The flow needs none: what it calls is in memory."""


@pytest.fixture(autouse=True)
def nothing_personal(request):
    """No metric and no note of the flow has something personal, whatever a test does."""
    world = request.getfixturevalue("world") if "world" in request.fixturenames else None
    yield
    if world is not None:
        said = (*world.signals.by_channel, *world.signals.notes)
        assert personal_in(" ".join(map(str, each)) for each in said) == []


@pytest.fixture
def store(world):
    """Writes a message as intake leaves it, and gives its ref back."""

    def write(cause="a cause", **changes):
        message = make_message(cause, created_at=world.clock.now(), **changes)
        assert world.messages.insert(message, make_body(message.channel), due=message.not_before)
        return ref_of(message)

    return write


@pytest.fixture
def status(world):
    """The status of a message as it is now."""
    return lambda ref: world.messages.kept[ref].status
