"""Texts of people reach the function that hears them, and nobody else can put any there."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from infra.config import load
from infra.config_error import ConfigError
from tests.infra.template import Template, actions

OWN, ALERTS = "+12065550143", "+12065550144"
CLINIC = {"tenant": "clinic", "type": "ten_dlc"}


def _policy(service: Template) -> list[dict[str, Any]]:
    return [
        statement
        for policy in service.of("AWS::SNS::TopicPolicy").values()
        if policy["Topics"][0]["Ref"].startswith("InboundTopic")
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def test_only_end_user_messaging_of_this_account_may_publish(service: Template) -> None:
    (allowed,) = [found for found in _policy(service) if found["Effect"] == "Allow"]

    assert allowed["Principal"] == {"Service": "sms-voice.amazonaws.com"}
    assert allowed["Action"] == "sns:Publish"
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_texts_come_with_their_envelope_and_none_is_lost_on_the_way(service: Template) -> None:
    (subscription,) = [
        found
        for found in service.of("AWS::SNS::Subscription").values()
        if "InboundTopic" in str(found["TopicArn"])
    ]

    assert not subscription.get("RawMessageDelivery")
    assert "InboundQueue" in str(subscription["Endpoint"])
    assert "InboundDead" in str(subscription["RedrivePolicy"])


def test_only_the_topic_may_fill_the_queue(service: Template) -> None:
    (name,) = [n for n in service.of("AWS::SQS::Queue") if n.startswith("InboundQueue")]
    allowed = [s for s in service.queue_policy(name) if s["Effect"] == "Allow"]

    assert [found["Principal"] for found in allowed] == [{"Service": "sns.amazonaws.com"}]
    assert "InboundTopic" in str(allowed[0]["Condition"])


def test_it_may_answer_by_text_and_write_what_it_must(service: Template) -> None:
    statements = service.statements("InboundFunctionRole")
    sends = [found for found in statements if "sqs:SendMessage" in actions([found])]

    assert "LanesSmsExpress" in str(sends)
    assert "LanesSmsBulk" not in str(sends)
    assert not {action for action in actions(statements) if action.startswith("sms-voice")}
    assert "dynamodb:Scan" not in actions(statements)


def test_the_numbers_are_told_to_the_function_and_to_who_sets_them_up(
    environments: dict[str, Any], synthesize_settings: Callable[..., Any]
) -> None:
    settings = copy.deepcopy(environments)
    alerts = {"type": "toll_free", "emergency": True, "opt_out_list": "alerts"}
    settings["dev"]["sms"]["two_way"] = {OWN: CLINIC, ALERTS: alerts}
    built = synthesize_settings("dev", settings)
    function = built.service.named("AWS::Lambda::Function", "InboundFunction")

    assert json.loads(function["Environment"]["Variables"]["OUTBOUND_TWO_WAY"]) == {
        OWN: {"type": "ten_dlc", "self_managed": True, "tenant": "clinic"},
        ALERTS: {"type": "toll_free", "self_managed": False, "emergency": True},
    }
    outputs = built.service.body["Outputs"]
    assert [each["number"] for each in json.loads(outputs["TwoWayNumbers1"]["Value"])] == [
        OWN,
        ALERTS,
    ]
    assert "InboundTopic" in outputs


@pytest.mark.parametrize(
    ("two_way", "said"),
    [
        ({"2065550143": {"type": "pager"}}, "sms.two_way.2065550143"),
        ({OWN: {"type": "pager"}}, "choose one of toll_free, ten_dlc, long_code or short_code"),
        ({OWN: {"type": "ten_dlc", "tenants": "clinic"}}, "use tenant in cdk.json"),
        ({OWN: {**CLINIC, "emergency": True}}, "need an opt_out_list of their own"),
        (
            {
                OWN: {**CLINIC, "opt_out_list": "alerts"},
                ALERTS: {**CLINIC, "emergency": True, "opt_out_list": "alerts"},
            },
            "need an opt_out_list of their own",
        ),
        ({f"+120655501{each:02}": CLINIC for each in range(21)}, "may have 20 numbers"),
    ],
)
def test_a_wrong_number_stops_the_deployment_with_a_sentence(
    environments: dict[str, Any], two_way: dict[str, Any], said: str
) -> None:
    environments["dev"]["sms"]["two_way"] = two_way

    with pytest.raises(ConfigError, match=said.replace("+", r"\+")):
        load("dev", environments)


def test_a_scope_is_one_of_two(environments: dict[str, Any]) -> None:
    environments["dev"]["sms"]["stop_scope"] = "marketing"

    with pytest.raises(ConfigError, match=r"stop_scope.*all or subscribed"):
        load("dev", environments)
