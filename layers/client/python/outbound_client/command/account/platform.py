"""What stands under the channels: functions, alarms, dead-letter queues, who hears of alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.collect import Question

if TYPE_CHECKING:
    from outbound_client.command.deployed import Deployed
    from outbound_client.command.place import Place


def questions(place: Place, deployed: Deployed | None) -> dict[str, Question]:
    """The questions to Lambda, SNS, CloudWatch and SQS."""
    functions = place.client("lambda")
    limit = Question(
        "lambda:GetAccountSettings", lambda: functions.get_account_settings()["AccountLimit"]
    )
    if deployed is None:
        return {"platform.limit": limit}
    topics, alarms, queues = map(place.client, ("sns", "cloudwatch", "sqs"))
    return {
        "platform.limit": limit,
        "platform.subscriptions": Question(
            "sns:ListSubscriptionsByTopic", lambda: _subscriptions(topics, deployed.alarms_topic)
        ),
        "platform.ringing": Question(
            "cloudwatch:DescribeAlarms", lambda: _ringing(alarms, f"{place.stack}-")
        ),
        "platform.dead-letters": Question(
            "sqs:GetQueueAttributes",
            lambda: {
                name: _waiting(queues, url) for name, url in deployed.dead_letter_queues.items()
            },
        ),
    }


def _subscriptions(topics: Any, arn: str) -> list[dict[str, Any]]:
    pages = topics.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=arn)
    return list(pages.build_full_result().get("Subscriptions", []))


def _ringing(alarms: Any, prefix: str) -> list[str]:
    answer = alarms.describe_alarms(AlarmNamePrefix=prefix, StateValue="ALARM")
    return [alarm["AlarmName"] for alarm in answer.get("MetricAlarms", [])]


def _waiting(queues: Any, url: str) -> int:
    name = "ApproximateNumberOfMessages"
    return int(queues.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name])
