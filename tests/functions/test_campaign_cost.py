"""What a campaign costs: requests and write units, which a slow machine doesn't change."""

import pytest

from outbound import wiring
from outbound.domain.words import Channel
from tests.benchmarks.campaigns import CHUNK, chunks, expansion
from tests.benchmarks.cases import clients
from tests.benchmarks.replay import Recorder, Tape


@pytest.fixture
def together(monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    monkeypatch.setenv("OUTBOUND_EMAIL_TOGETHER", str(CHUNK))
    built = (wiring.settings, wiring.deliver, wiring.bulk, wiring.campaigns, wiring.stops)
    for each in built:
        each.cache_clear()
    yield
    for each in built:
        each.cache_clear()


def warm(case) -> Tape:
    """What the second run asks; what is kept for seconds was read in the first."""
    case.run()
    with Recorder(clients()) as tape:
        case.run()
    return tape


def test_an_email_of_a_campaign_costs_what_the_readme_says(api, together):
    expanded = warm(expansion(api.account, Channel.EMAIL, 500))
    brought = warm(chunks(api.account, Channel.EMAIL))
    print("expand", expanded.requests, expanded.write_units, "of 500")
    print("deliver", brought.requests, brought.write_units, f"of {CHUNK}")
    requests = expanded.requests.total() / 500 + brought.requests.total() / CHUNK
    written = expanded.write_units / 500 + brought.write_units / CHUNK

    assert brought.requests["SendBulkEmail"] == 1
    assert requests <= 0.25
    assert written <= 1.5


def test_growth_is_linear(api, together):
    few = warm(expansion(api.account, Channel.EMAIL, 50))
    more = warm(expansion(api.account, Channel.EMAIL, 200))

    assert more.requests.total() <= 4 * few.requests.total()
    assert more.write_units <= 4 * few.write_units
