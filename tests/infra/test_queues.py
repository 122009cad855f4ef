"""Every queue is encrypted, over TLS alone, and has a place for what fails."""

import json
from typing import Any

import pytest

from infra.constructs.lanes import CHANNELS, LANES, SHARES, together, workers
from outbound.flow.alerts.estimating import CRITICAL
from outbound.flow.estimating import BULK
from tests.infra.template import Template

STAGES = ("Inbound", "Upkeep", "Expand", "Imports", "Webhooks", "Rules", "Reminders")


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
    of_queues = [each for each in mappings if "Fn::GetAtt" in each["EventSourceArn"]]
    fed = {mapping["EventSourceArn"]["Fn::GetAtt"][0]: mapping for mapping in of_queues}

    assert len(fed) == 18
    for name, mapping in fed.items():
        assert 1 <= mapping["BatchSize"] <= 10
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        channel = next((c.title() for c in CHANNELS if c.title() in name), None)
        stages = (each for each in STAGES if name.startswith(each))
        stage = next(stages, "Feedback")
        function = f"Deliver{channel}" if channel else f"{stage}Function"
        assert mapping["FunctionName"]["Ref"].startswith(function)


def _fed_by_the_stream(service: Template, function: str) -> dict[str, Any]:
    (found,) = [
        each
        for each in service.of("AWS::Lambda::EventSourceMapping").values()
        if "StartingPosition" in each and each["FunctionName"]["Ref"].startswith(function)
    ]
    return found


def test_what_becomes_of_messages_feeds_feedback_but_for_claims_that_change_no_count(
    service: Template,
) -> None:
    stream = _fed_by_the_stream(service, "FeedbackFunction")
    patterns = [json.loads(each["Pattern"]) for each in stream["FilterCriteria"]["Filters"]]

    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert [pattern["dynamodb"]["NewImage"] for pattern in patterns] == [
        {"campaign": {"S": [{"exists": True}]}},
        {"lane": {"S": [{"exists": True}]}, "status": {"S": [{"anything-but": ["sending"]}]}},
        {"status": {"S": ["sending"]}, "marks": {"SS": [{"exists": True}]}},
    ]


def test_all_that_becomes_of_messages_and_times_without_one_feed_events(service: Template) -> None:
    stream = _fed_by_the_stream(service, "EventsFunction")
    patterns = [json.loads(each["Pattern"]) for each in stream["FilterCriteria"]["Filters"]]

    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert [pattern["dynamodb"]["NewImage"] for pattern in patterns] == [
        {"status": {"S": [{"anything-but": ["sending"]}]}},
        {"status": {"S": ["sending"]}, "marks": {"SS": [{"exists": True}]}},
        {"counts": {"M": {"missed": {"N": [{"exists": True}]}}}},
        {"counts": {"M": {"failed": {"N": [{"exists": True}]}}}},
    ]


@pytest.mark.parametrize(
    ("function", "halved", "target"),
    [("FeedbackFunction", False, "ReceiptsDead"), ("EventsFunction", True, "WebhooksDead")],
)
def test_a_batch_that_never_works_holds_up_the_stream_for_a_time_and_is_named(
    service: Template, function: str, halved: bool, target: str
) -> None:
    stream = _fed_by_the_stream(service, function)

    assert stream["MaximumRecordAgeInSeconds"] < 86_400
    assert stream.get("BisectBatchOnFunctionError", False) is halved
    destination = stream["DestinationConfig"]["OnFailure"]["Destination"]
    assert destination["Fn::GetAtt"][0].startswith(target)
    assert target in str(service.statements(f"{function}Role"))


@pytest.mark.parametrize(("rate", "size"), [(0.33, 1), (14, 2), (100, 20), (250, 50), (10_000, 50)])
def test_a_call_has_a_workers_share_of_a_second(rate: float, size: int) -> None:
    bulk = workers(rate, together=True)["bulk"]

    assert together(rate) == size
    assert bulk.concurrency / bulk.seconds_each <= rate * SHARES["bulk"]
    assert size == 1 or size * bulk.seconds_each <= 1.01


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("rate", [0.33, 1, 14, 20, 100, 1_000, 10_000])
def test_lanes_share_the_rate_of_their_channel(rate: float, together: bool) -> None:
    concurrency = workers(rate, together=together)

    assert set(concurrency) == set(LANES)
    for lane, of in concurrency.items():
        assert 2 <= of.concurrency <= 1000
        assert of.concurrency / of.seconds_each <= rate * SHARES[lane]
        assert of.batch_size * of.seconds_each <= 21


def test_the_shares_of_the_lanes_make_one_whole() -> None:
    assert sum(SHARES.values()) == pytest.approx(1)


def test_estimates_count_with_the_shares_of_the_lanes() -> None:
    assert (SHARES["critical"], SHARES["bulk"]) == (CRITICAL, BULK)


def test_a_high_rate_is_split_by_share() -> None:
    counts = {lane: of.concurrency for lane, of in workers(100).items()}
    assert counts == {"critical": 7, "express": 7, "bulk": 10}
