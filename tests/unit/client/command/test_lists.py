from __future__ import annotations

from outbound.adapters.api.contract.contact_examples import HEALTH


def test_how_well_the_list_is_is_shown(api, outbound):
    api.answer(200, HEALTH)

    told = outbound("lists", "health", "--stale", "P6M").out
    assert "not reached for P6M" in told
    assert "suppressed, bounced" in told


def test_it_is_printed_as_json(api, outbound):
    api.answer(200, HEALTH)

    assert outbound("lists", "health", "--json").json()["contacts"] == 412
