"""Receipts reach feedback: from SES, from End User Messaging, from the logs of SNS."""

import copy
from collections.abc import Callable
from typing import Any

from infra.config import load
from tests.infra.template import Template, actions


def _policy(service: Template, topic: str) -> list[dict[str, Any]]:
    return [
        statement
        for policy in service.of("AWS::SNS::TopicPolicy").values()
        if policy["Topics"][0]["Ref"].startswith(topic)
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def _on_receipts(service: Template) -> list[dict[str, Any]]:
    return service.queue_policy("ReceiptsQueue4CA61331")


def test_every_topic_is_encrypted_and_over_tls(service: Template) -> None:
    topics = service.of("AWS::SNS::Topic")

    assert len(topics) == 4
    for name, topic in topics.items():
        assert "Key961B73FD" in str(topic["KmsMasterKeyId"])
        denied = [found for found in _policy(service, name) if found["Effect"] == "Deny"]
        assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_each_topic_is_open_to_its_service_in_this_account_alone(service: Template) -> None:
    for topic, publisher in {
        "ReceiptsEmail": "ses.amazonaws.com",
        "ReceiptsPhone": "sms-voice.amazonaws.com",
        "InboundTopic": "sms-voice.amazonaws.com",
        "AlarmsTopic": "cloudwatch.amazonaws.com",
    }.items():
        (allowed,) = [found for found in _policy(service, topic) if found["Effect"] == "Allow"]
        assert allowed["Principal"] == {"Service": publisher}
        assert "sourceaccount" in str(allowed["Condition"]).lower()


def test_the_receipts_queue_takes_both_topics_unwrapped(service: Template) -> None:
    subscriptions = [
        found
        for found in service.of("AWS::SNS::Subscription").values()
        if "ReceiptsQueue" in str(found["Endpoint"])
    ]
    allowed = [
        found
        for found in _on_receipts(service)
        if found["Principal"] == {"Service": "sns.amazonaws.com"}
    ]

    assert len(subscriptions) == len(allowed) == 2
    topics = [found["Condition"]["ArnEquals"]["aws:SourceArn"]["Ref"] for found in allowed]
    assert sorted(topic.rstrip("0123456789ABCDEF") for topic in topics) == [
        "ReceiptsEmail",
        "ReceiptsPhone",
    ]
    assert all(found["Effect"] == "Deny" or found in allowed for found in _on_receipts(service))
    for subscription in subscriptions:
        assert subscription["RawMessageDelivery"] is True
        assert "ReceiptsDead" in str(subscription["RedrivePolicy"]["deadLetterTargetArn"])


def test_ses_reports_what_became_of_mail_and_tracks_nobody(service: Template) -> None:
    destination = service.only("AWS::SES::ConfigurationSetEventDestination")["EventDestination"]

    assert set(destination["MatchingEventTypes"]) == {
        "delivery",
        "bounce",
        "complaint",
        "reject",
        "renderingFailure",
    }
    assert destination["SnsDestination"]["TopicARN"]["Ref"].startswith("ReceiptsEmail")


def test_end_user_messaging_reports_what_became_of_texts_and_calls(service: Template) -> None:
    (destination,) = service.only("AWS::SMSVOICE::ConfigurationSet")["EventDestinations"]

    events = destination["MatchingEventTypes"]
    assert {"TEXT_DELIVERED", "TEXT_SUCCESSFUL", "VOICE_COMPLETED", "VOICE_BUSY"} <= set(events)
    assert not {"TEXT_PENDING", "TEXT_QUEUED", "VOICE_RINGING"} & set(events)
    assert destination["SnsDestination"]["TopicArn"]["Ref"].startswith("ReceiptsPhone")


def test_locally_there_is_nothing_the_emulator_does_not_know(local: Any) -> None:
    kinds = {resource["Type"] for resource in local.service.body["Resources"].values()}

    assert not kinds & {"AWS::SMSVOICE::ConfigurationSet", "AWS::Budgets::Budget"}


def test_both_delivery_logs_of_sns_reach_feedback(service: Template) -> None:
    filters = service.of("AWS::Logs::SubscriptionFilter").values()
    groups = [
        str(group.get("LogGroupName")) for group in service.of("AWS::Logs::LogGroup").values()
    ]

    assert len(filters) == 2
    assert all(found["DestinationArn"]["Fn::GetAtt"][0].startswith("Feedback") for found in filters)
    assert len([name for name in groups if "/DirectPublishToPhoneNumber" in name]) == 2


def test_nothing_may_call_feedback_but_those_two_logs(service: Template) -> None:
    allowed = [
        found
        for found in service.of("AWS::Lambda::Permission").values()
        if found["FunctionName"]["Fn::GetAtt"][0].startswith("FeedbackFunction")
    ]

    assert {found["Principal"] for found in allowed} == {"logs.amazonaws.com"}
    groups = [found["SourceArn"]["Fn::GetAtt"][0] for found in allowed]
    assert len(groups) == 2
    assert all(name.startswith("ReceiptsDeliveryLogs") for name in groups)


def test_delivery_logs_that_exist_are_used(
    environments: dict[str, Any], synthesize_settings: Callable[..., Any]
) -> None:
    settings = copy.deepcopy(environments)
    settings["dev"]["sns_delivery_logs"] = "existing"
    built = synthesize_settings("dev", settings)

    assert load("dev", settings).sns_delivery_logs == "existing"
    assert len(built.service.of("AWS::Logs::SubscriptionFilter")) == 2
    assert "DirectPublish" not in str(built.service.of("AWS::Logs::LogGroup"))


def test_sns_may_write_its_delivery_logs_and_no_other(service: Template) -> None:
    (statement,) = service.statements("ReceiptsDeliveryLogsRole")

    assert actions([statement]) == {
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }
    assert "/DirectPublishToPhoneNumber*" in str(statement["Resource"])


def test_what_feedback_cannot_take_from_the_logs_is_kept(service: Template) -> None:
    (config,) = [
        found
        for found in service.of("AWS::Lambda::EventInvokeConfig").values()
        if "DestinationConfig" in found
    ]

    target = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert target.startswith("ReceiptsDead")
    assert "ReceiptsDead" in str(service.statements("FeedbackFunctionRole"))
