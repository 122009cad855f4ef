"""Which messages a suppression stops."""

from __future__ import annotations

import pytest

from outbound.domain.suppression import Reason, covers
from outbound.domain.words import Purpose
from tests.builders import make_suppression


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("reason", [Reason.BOUNCED, Reason.INVALID])
def test_an_address_that_does_not_work_works_for_nothing(reason, purpose):
    assert covers(make_suppression(reason), purpose)


@pytest.mark.parametrize("reason", [Reason.COMPLAINED, Reason.OPTED_OUT])
def test_a_no_silences_everything_but_an_alert(reason):
    passing = {purpose for purpose in Purpose if not covers(make_suppression(reason), purpose)}
    assert passing == {Purpose.EMERGENCY}
