"""upkeep: what is done in the background, each night and each minute, with its rights alone."""

import json
from collections.abc import Callable
from typing import Any

from infra.constructs.upkeep import CHANGES_A_SECOND, WORKERS
from infra.two_way import TwoWayNumber, opt_out_lists
from tests.infra.template import Template, actions, listed, resources


def test_the_clock_asks_for_the_mirror_each_minute_and_for_anchors_each_night(
    service: Template,
) -> None:
    schedules = [
        found
        for name, found in service.of("AWS::Scheduler::Schedule").items()
        if name.startswith("Upkeep")
    ]

    assert {found["ScheduleExpression"]: found["Target"]["Input"] for found in schedules} == {
        "rate(1 minute)": json.dumps({"sweep": "mirror"}),
        "cron(15 1 * * ? *)": json.dumps({"sweep": "anchor"}),
    }
    for found in schedules:
        assert found["Target"]["Arn"]["Fn::GetAtt"][0].startswith("UpkeepFunction")
        assert found["Target"]["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0].startswith("UpkeepDead")


def test_the_role_of_its_clock_may_call_keep_and_encrypt(service: Template) -> None:
    statements = service.statements("UpkeepRole")

    assert actions(statements) == {
        "lambda:InvokeFunction",
        "sqs:SendMessage",
        "kms:Decrypt",
        "kms:GenerateDataKey",
    }
    assert "*" not in str(statements)


def test_numbers_change_no_faster_than_aws_takes_them(service: Template) -> None:
    variables = service.named("AWS::Lambda::Function", "UpkeepFunction")["Environment"]["Variables"]

    assert WORKERS / float(variables["OUTBOUND_MIRROR_SECONDS_EACH"]) == CHANGES_A_SECOND <= 10


def test_anchors_can_be_added_and_read_and_nothing_else(service: Template) -> None:
    on_anchors = [
        found
        for found in service.statements("UpkeepFunctionRole")
        if "Anchors" in json.dumps(found.get("Resource", ""))
    ]

    assert actions(on_anchors) == {
        "s3:PutObject",
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:ListBucketVersions",
    }


def test_nobody_else_reaches_the_anchors(service: Template) -> None:
    for policy in service.of("AWS::IAM::Policy").values():
        if not policy["Roles"][0]["Ref"].startswith("Upkeep"):
            assert "Anchors" not in json.dumps(policy)


def test_numbers_are_put_on_the_lists_of_cdk_json_alone(
    synthesize_settings: Callable[..., Any], environments: dict[str, Any]
) -> None:
    environments["prod"]["sms"]["two_way"] = {
        "+12065550143": {"type": "ten_dlc", "tenant": "clinic", "opt_out_list": "Clinic"},
        "+12065550144": {"type": "ten_dlc", "emergency": True, "opt_out_list": "Alerts"},
    }
    service = synthesize_settings("prod", environments).service
    (statement,) = [
        found
        for found in service.statements("UpkeepFunctionRole")
        if "sms-voice:PutOptedOutNumber" in listed(found["Action"])
    ]
    named = list(resources([statement]))

    assert len(named) == 2
    assert ":opt-out-list/Clinic" in named[0]
    assert ":opt-out-list/Default" in named[1]
    variables = service.named("AWS::Lambda::Function", "UpkeepFunction")["Environment"]["Variables"]
    assert json.loads(variables["OUTBOUND_OPT_OUT_LISTS"]) == {
        "*": ["Clinic", "Default"],
        "clinic": ["Clinic"],
    }


def test_a_list_that_tenants_share_is_nobodys_own() -> None:
    def number(tenant: str | None, name: str) -> TwoWayNumber:
        return TwoWayNumber(tenant=tenant, type="ten_dlc", opt_out_list=name)

    numbers = {
        "+12065550143": number("clinic", "Health"),
        "+12065550144": number("shop", "Health"),
        "+12065550145": number("shop", "Shop"),
        "+12065550146": number(None, "Shared"),
        "+12065550147": number("shop", "Default"),
    }

    assert opt_out_lists(numbers) == {
        "*": ["Default", "Health", "Shared", "Shop"],
        "shop": ["Shop"],
    }


def test_manage_queues_all_that_takes_a_while(service: Template) -> None:
    (send,) = [
        found
        for found in service.statements("ManageRole")
        if "sqs:SendMessage" in listed(found["Action"])
    ]

    queues = sorted(each["Fn::GetAtt"][0] for each in send["Resource"])
    alerts, expand, imports, upkeep, webhooks = queues
    assert alerts.startswith("ExpandAlerts")
    assert upkeep.startswith("UpkeepQueue")
    assert expand.startswith("ExpandQueue")
    assert imports.startswith("ImportsQueue")
    assert webhooks.startswith("WebhooksQueue")
