"""What an operator hears of, and what a provider may cost."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from outbound.adapters.signals import LoggedSignals
from outbound.domain.words import Channel
from tests.infra.template import Template


def _alarms(service: Template, metric: str) -> list[dict[str, Any]]:
    return [
        found
        for found in service.of("AWS::CloudWatch::Alarm").values()
        if found["MetricName"] == metric
    ]


def _dimensions(alarm: dict[str, Any]) -> dict[str, Any]:
    return {found["Name"]: found["Value"] for found in alarm.get("Dimensions", [])}


def test_every_dead_letter_queue_has_an_alarm(service: Template) -> None:
    dead = {name for name in service.of("AWS::SQS::Queue") if "Dead" in name}
    alarms = _alarms(service, "ApproximateNumberOfMessagesVisible")
    watched = {_dimensions(alarm)["QueueName"]["Fn::GetAtt"][0] for alarm in alarms}

    assert watched == dead
    assert len(dead) == 12
    assert all(alarm["Threshold"] == 1 for alarm in alarms)


def test_every_function_has_an_alarm_on_errors(service: Template) -> None:
    watched = {_dimensions(alarm)["FunctionName"]["Ref"] for alarm in _alarms(service, "Errors")}

    assert watched == set(service.of("AWS::Lambda::Function"))


def test_a_late_code_is_noticed_on_every_channel(service: Template) -> None:
    assert _watched(service, seconds=300) == {
        f"Lanes{channel}Express" for channel in ("Email", "Sms", "Voice")
    }


def test_a_late_alert_is_noticed_on_every_channel(service: Template) -> None:
    assert _watched(service, seconds=60) == {
        f"Lanes{channel}Critical" for channel in ("Email", "Sms", "Voice")
    }
    for alarm in _alarms(service, "ApproximateAgeOfOldestMessage"):
        assert alarm["Period"] == 60
        assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"


def _watched(service: Template, *, seconds: int) -> set[str]:
    """The queues whose oldest message may be so old, without what CDK adds to their names."""
    alarms = _alarms(service, "ApproximateAgeOfOldestMessage")
    return {
        _dimensions(alarm)["QueueName"]["Fn::GetAtt"][0][:-8]
        for alarm in alarms
        if alarm["Threshold"] == seconds
    }


def test_a_sweep_that_does_not_run_is_noticed(service: Template) -> None:
    alarms = _alarms(service, "Invocations")

    assert len(alarms) == 3
    for alarm in alarms:
        assert alarm["TreatMissingData"] == "breaching"
        assert alarm["ComparisonOperator"] == "LessThanThreshold"


@pytest.mark.parametrize(
    ("metric", "service_name", "channel"),
    [
        ("ChannelStopped", "schedule", "sms"),
        ("ChannelStopped", "schedule", "email"),
        ("ChannelStopped", "schedule", "voice"),
        ("UnmatchedReceipts", "feedback", None),
        ("AccountRefused", "feedback", "sms"),
        ("UnknownReceipts", "feedback", None),
        ("UnreadableChanges", "events", None),
        ("UnreadableChanges", "feedback", None),
        ("WebhooksDisabled", "webhooks", None),
        ("WebhookEventsGivenUp", "webhooks", None),
        ("StrangeInbound", "inbound", None),
        ("AnchorMissing", "upkeep", None),
        ("CampaignsPaused", "expand", "email"),
        ("MirrorStuck", "upkeep", "email"),
        ("MirrorStuck", "upkeep", "sms"),
        ("MirrorRefused", "upkeep", "email"),
        ("MirrorRefused", "upkeep", "sms"),
        ("ReminderMissed", "schedule", "sms"),
        ("ReminderMissed", "schedule", "email"),
        ("ReminderMissed", "schedule", "voice"),
        *(
            (metric, "expand", channel)
            for metric in ("CampaignGaps", "CampaignCountsCorrected", "CampaignChunksLost")
            for channel in ("sms", "email", "voice")
        ),
    ],
)
def test_an_alarm_watches_exactly_what_a_function_writes(
    service: Template,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    metric: str,
    service_name: str,
    channel: Channel | None,
) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", service_name)
    LoggedSignals().count(metric, channel=channel)
    written = json.loads(capsys.readouterr().out)
    (declared,) = written["_aws"]["CloudWatchMetrics"]
    (names,) = declared["Dimensions"]

    wanted = {name: written[name] for name in names}
    (alarm,) = [found for found in _alarms(service, metric) if _dimensions(found) == wanted]
    assert alarm["Namespace"] == declared["Namespace"]
    assert alarm["Threshold"] == 1


def test_many_schedules_that_are_left_over_in_a_day_are_told(service: Template) -> None:
    (alarm,) = _alarms(service, "SchedulesLeftOver")

    assert (alarm["Threshold"], alarm["Period"]) == (100, 86_400)
    assert _dimensions(alarm) == {"service": "schedule"}


def test_every_alarm_reaches_the_address_in_the_settings(service: Template) -> None:
    (mail,) = [
        found
        for found in service.of("AWS::SNS::Subscription").values()
        if found["Protocol"] == "email"
    ]

    assert mail["Endpoint"] == "alarms@example.com"
    for alarm in service.of("AWS::CloudWatch::Alarm").values():
        assert alarm["AlarmActions"] == [mail["TopicArn"]]


def _limits(service: Template) -> dict[str, float]:
    return {
        found["Budget"]["CostFilters"]["Service"][0]: found["Budget"]["BudgetLimit"]["Amount"]
        for found in service.of("AWS::Budgets::Budget").values()
    }


def test_each_provider_has_a_budget(service: Template) -> None:
    assert _limits(service) == {
        "Amazon Simple Email Service": 500,
        "Amazon Simple Notification Service": 500,
        "AWS End User Messaging": 200,
    }


def test_texts_and_calls_share_a_budget_where_they_share_a_bill(
    synthesize: Callable[..., Any],
) -> None:
    built = synthesize("prod", provider="end_user_messaging", origination="pool-0123456789abcdef")

    assert _limits(built.service)["AWS End User Messaging"] == 700
