"""What a campaign costs: requests and write units, which a slow machine doesn't change."""

from collections import Counter
from datetime import timedelta

import pytest

from outbound.domain.campaign import Route, State
from outbound.domain.fallback import all_chunks_of, on_channel, settled
from outbound.domain.ids import campaign_id, contact_key
from outbound.domain.message import CampaignRef, Status
from outbound.domain.run import Chunk, ChunkRef, Planned, RunRef, Step, id_of
from outbound.domain.run_export import ExportState
from outbound.domain.words import Channel
from outbound.flow.bulk.chunks import bring
from outbound.flow.bulk.ports import Worker
from outbound.flow.expand import reviewing
from outbound.flow.expand.reviewing import STEP
from outbound.flow.expand.tasks import export_task, review_task
from outbound.flow.run_exports import keeping, working
from outbound.wiring import catalog, deliver, expand, files, process, run_exports, stores
from tests.benchmarks.campaigns import CHUNK, chunks, expansion
from tests.benchmarks.cases import clients
from tests.benchmarks.replay import Recorder, Tape
from tests.builders import make_body, make_campaign, make_key, make_message, make_run


@pytest.fixture
def together(monkeypatch):
    monkeypatch.setenv("OUTBOUND_CHANNEL", "email")
    monkeypatch.setenv("OUTBOUND_EMAIL_TOGETHER", str(CHUNK))
    built = (process.settings, deliver.deliver, deliver.bulk, catalog.campaigns, catalog.stops)
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


def looked_at(chunks: int) -> RunRef:
    """A run with so many chunks of fifty, which somebody wants looked through."""
    now = process.clock.now()
    campaign = make_campaign(
        id=campaign_id("acme", now, f"looked at, {chunks}"), state=State.RUNNING, run_at=now
    )
    run = make_run(campaign, at=now, asked_at=now)
    catalog.campaigns().insert(campaign)
    stores.runs().open(run)
    for number in range(chunks):
        members = tuple(f"con_{number:03}_{place:02}" for place in range(CHUNK))
        ref = ChunkRef(run.ref, f"{number:03}")
        stores.runs().put_chunk(Chunk(ref, now, members))
    return run.ref


def of_a_step(do) -> Counter[str]:
    """What ten chunks more cost, beside what is asked once for a run."""
    asked = []
    for count in (STEP, 2 * STEP):
        ref = looked_at(count)
        with Recorder([process.client("dynamodb"), files.s3()]) as tape:
            do(ref)
        asked.append(tape.requests)
    few, more = asked
    return more - few


def test_a_look_through_a_run_costs_what_the_readme_says(api):
    def look(ref):
        reviewing.work_on(review_task(ref), expand.expand(), may_go_on=lambda: True)
        run = stores.runs().get(ref)
        assert run is not None and run.reviewed_at is not None

    assert of_a_step(look) == {"Query": 1, "BatchGetItem": 5, "GetItem": 1, "PutItem": 1}


def test_an_export_of_a_run_costs_what_the_readme_says(api):
    key = make_key(tenant="acme")

    def export(ref):
        keeping.start(ref.campaign, None, key, run_exports.keeping())
        working.work_on(export_task(ref), run_exports.working(), may_go_on=lambda: True)
        done = run_exports.keeping().exports.get(ref)
        assert done is not None and done.state is ExportState.FINISHED

    assert of_a_step(export) == {"Query": 1, "BatchGetItem": 5}


def test_who_is_reached_on_the_first_channel_costs_a_route_what_the_readme_says(api, together):
    """Where nobody falls back: a chunk of fifty more, looked at once."""
    now = process.clock.now()
    campaign = make_campaign(
        id=campaign_id("acme", now, "routed"),
        tenant="acme",
        state=State.RUNNING,
        run_at=now,
        route=Route((Channel.SMS, Channel.EMAIL), timedelta(minutes=5)),
    )
    run = make_run(campaign, at=now)
    catalog.campaigns().insert(campaign)
    names = tuple(f"con_{place:026}" for place in range(CHUNK))
    step = Step(run.phase, 0, 0, None, True, (Planned(now, names, campaign.settings.channels),))
    first, second = all_chunks_of(run.ref, step, campaign.settings.route)
    secret = deliver.bulk().deliver.gate.secret
    on_sms = on_channel(campaign, Channel.SMS)
    told = CampaignRef(campaign.id, run.ref.id)
    reached = [
        make_message(
            id=id_of(contact_key(secret, "acme", name), on_sms, run.ref),
            tenant="acme",
            contact_id=name,
            status=Status.DELIVERED,
            campaign=told,
            created_at=now,
            not_before=now,
        )
        for name in names
    ]
    stores.messages().insert_new([(each, make_body(), None) for each in reached])
    stores.runs().put_chunk(first)
    with Recorder(clients()) as tape:
        stores.runs().put_chunk(second)
        bring(second.ref, deliver.bulk(), Worker(lambda: True, lambda work: None))
    print("a second turn", tape.requests, tape.write_units, f"of {CHUNK}")

    chunk = stores.runs().chunk(second.ref)
    assert chunk is not None
    assert (chunk.done, settled(chunk)) == (True, CHUNK)
    assert tape.requests.total() / CHUNK <= 0.2
    assert tape.write_units / CHUNK <= 0.25
