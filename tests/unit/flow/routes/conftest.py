"""A contact with a number and an email address, who is about to be sent something."""

from __future__ import annotations

import pytest

from tests.builders import EMAIL, PHONE, make_contact
from tests.unit.flow.routes.journey import Journey


@pytest.fixture
def ada(world):
    """The contact; `ada(…)` changes it."""

    def put(**changes):
        return world.contacts.add(make_contact("con_ada", EMAIL, PHONE, **changes))

    put()
    return put


@pytest.fixture
def journey(world, ada):
    return Journey(world)
