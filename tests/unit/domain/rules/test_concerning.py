"""What is remembered of a place is what its jurisdictions say."""

from itertools import product

import pytest

from outbound.domain.words import Channel, Purpose
from tests.unit.domain.rules.facts import RULEBOOK

REGIONS = [(None,), ("US-FL",), ("US", "FR"), ("US-XX", None), ("ZZ",)]


@pytest.mark.parametrize("regions", REGIONS)
def test_only_the_rules_that_concern_a_message_are_left(regions):
    for channel, purpose in product(Channel, Purpose):
        concerning = RULEBOOK.concerning(regions, channel, purpose)
        applying = RULEBOOK.applying(regions)

        assert [each.id for each in concerning] == [each.id for each in applying]
        for narrowed, whole in zip(concerning, applying, strict=True):
            expected = [rule for rule in whole.rules if rule.concerns(channel, purpose)]
            assert list(narrowed.rules) == expected
