"""Every queue is encrypted, over TLS alone, and has a place for what fails."""

import pytest

from infra.constructs.lanes import CHANNELS, LANES, SHARES, workers
from tests.infra.template import Template


def _dead(name: str) -> bool:
    return "Dead" in name


def test_there_is_a_queue_per_channel_and_lane(service: Template) -> None:
    names = [name for name in service.of("AWS::SQS::Queue") if name.startswith("Lanes")]

    for channel in CHANNELS:
        for lane in LANES:
            wanted = f"Lanes{channel.title()}{lane.title()}"
            assert len([name for name in names if name.startswith(wanted)]) == 1


def test_every_queue_is_encrypted_with_the_key(service: Template) -> None:
    for queue in service.of("AWS::SQS::Queue").values():
        assert "KeyArn" in str(queue["KmsMasterKeyId"]) or "Key961B73FD" in str(
            queue["KmsMasterKeyId"]
        )


def test_every_queue_refuses_what_is_not_over_tls(service: Template) -> None:
    for name in service.of("AWS::SQS::Queue"):
        denied = [s for s in service.queue_policy(name) if s["Effect"] == "Deny"]
        assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        assert denied[0]["Principal"] == {"AWS": "*"}


def test_every_queue_has_a_dead_letter_queue_that_lasts_longer(service: Template) -> None:
    queues = service.of("AWS::SQS::Queue")
    for name, queue in queues.items():
        if _dead(name):
            assert queue["MessageRetentionPeriod"] == 1_209_600
            continue
        target = queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        assert _dead(target)
        assert queue["RedrivePolicy"]["maxReceiveCount"] == 5
        assert queue["MessageRetentionPeriod"] < queues[target]["MessageRetentionPeriod"]


def test_each_lane_feeds_its_channel_and_reports_failures_one_by_one(service: Template) -> None:
    mappings = service.of("AWS::Lambda::EventSourceMapping").values()
    fed = {mapping["EventSourceArn"]["Fn::GetAtt"][0]: mapping for mapping in mappings}

    assert len(fed) == 12
    for name, mapping in fed.items():
        assert 1 <= mapping["BatchSize"] <= 10
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        channel = next((c.title() for c in CHANNELS if c.title() in name), None)
        stages = (each for each in ("Inbound", "Upkeep") if name.startswith(each))
        stage = next(stages, "Feedback")
        function = f"Deliver{channel}" if channel else f"{stage}Function"
        assert mapping["FunctionName"]["Ref"].startswith(function)


@pytest.mark.parametrize("rate", [0.33, 1, 14, 20, 100, 1_000, 10_000])
def test_lanes_share_the_rate_of_their_channel(rate: float) -> None:
    concurrency = workers(rate)

    assert set(concurrency) == set(LANES)
    for lane, of in concurrency.items():
        assert 2 <= of.concurrency <= 1000
        assert of.concurrency / of.seconds_each <= rate * SHARES[lane]
        assert of.batch_size * of.seconds_each <= 21


def test_the_shares_of_the_lanes_make_one_whole() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)


def test_a_high_rate_is_split_by_share() -> None:
    counts = {lane: of.concurrency for lane, of in workers(100).items()}
    assert counts == {"critical": 7, "express": 7, "bulk": 10}
