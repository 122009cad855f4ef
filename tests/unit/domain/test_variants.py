from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from outbound.domain.content import TemplateRef
from outbound.domain.variants import Variant, comes_first, variant_for

ONE = TemplateRef("offer", 1)
ABC = (Variant("a", 2, ONE), Variant("b", 1, ONE), Variant("c", 1, ONE))
KEYS = [f"key{number}" for number in range(4_000)]


@given(st.text(), st.text(), st.floats(0, 0.9))
def test_a_contact_always_gets_the_same(campaign, key, hold_out):
    first = variant_for(campaign, key, ABC, hold_out)
    assert variant_for(campaign, key, ABC, hold_out) == first


def test_weights_are_kept():
    found = Counter(variant_for("cam_1", key, ABC, 0) for key in KEYS)
    assert all(abs(found[each] / len(KEYS) - each.weight / 4) < 0.03 for each in ABC)


def test_a_share_is_held_out():
    held = sum(variant_for("cam_1", key, ABC, 0.1) is None for key in KEYS)
    assert abs(held / len(KEYS) - 0.1) < 0.02


def test_another_campaign_draws_other_lots():
    some = [variant_for("cam_1", key, ABC, 0.5) for key in KEYS]
    others = [variant_for("cam_2", key, ABC, 0.5) for key in KEYS]
    assert some != others


def test_without_a_comparison_nothing_is_drawn():
    assert variant_for("cam_1", "key", ABC[:1], 0) is ABC[0]


def test_few_come_first():
    first = [key for key in KEYS if comes_first("cam_1", key, 0.01)]
    assert 10 < len(first) < 80
    assert not any(comes_first("cam_1", key, 0) for key in KEYS)
