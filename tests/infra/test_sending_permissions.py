"""Least privilege: who may send what, and where to."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.permissions import FUNCTIONS, LISTS, PROVIDER, sends
from tests.infra.template import Template, actions, listed, resources


@pytest.mark.parametrize("role", FUNCTIONS)
def test_a_function_sends_only_through_its_own_provider(service: Template, role: str) -> None:
    allowed = {PROVIDER[role]} if role in PROVIDER else set()
    allowed |= LISTS if role == "UpkeepFunctionRole" else set()
    allowed |= {"sms-voice:CarrierLookup"} if role == "ManageRole" else set()

    assert sends(actions(service.statements(role))) == allowed


def test_with_end_user_messaging_texts_no_longer_go_through_sns(
    synthesize: Callable[..., Any],
) -> None:
    built = synthesize("prod", provider="end_user_messaging", origination="pool-0123456789abcdef")
    statements = built.service.statements("DeliverSmsRole")
    (send,) = [s for s in statements if "sms-voice:SendTextMessage" in listed(s["Action"])]

    assert sends(actions(statements)) == {
        "sms-voice:SendTextMessage",
        "sms-voice:SendMediaMessage",
    }
    assert any(":pool/pool-0123456789abcdef" in resource for resource in resources([send]))
    assert "*" not in "".join(resources([send]))
    intake = built.service.named("AWS::Lambda::Function", "Intake")["Environment"]
    assert intake["Variables"]["OUTBOUND_MMS"] == "true"
    variables = built.service.named("AWS::Lambda::Function", "DeliverSms")["Environment"]
    assert "OUTBOUND_SMS_CONFIGURATION_SET" in variables["Variables"]


def test_texting_excludes_every_topic(service: Template) -> None:
    (publish,) = [
        found
        for found in service.statements("DeliverSmsRole")
        if "sns:Publish" in listed(found["Action"])
    ]

    assert "Resource" not in publish
    assert publish["NotResource"] == "arn:*:sns:*:*:*"


def test_email_leaves_by_one_identity_and_one_configuration_set(service: Template) -> None:
    (send,) = [
        found
        for found in service.statements("DeliverEmailRole")
        if "ses:SendEmail" in listed(found["Action"])
    ]

    named = " ".join(resources([send]))
    assert ":identity/example.com" in named
    assert ":identity/hello@example.com" in named
    assert ":configuration-set/" in named


def test_pages_ask_by_email_and_text_in_the_express_lane(service: Template) -> None:
    (send,) = [
        found
        for found in service.statements("PagesRole")
        if "sqs:SendMessage" in listed(found["Action"])
    ]

    assert "LanesEmailExpress" in str(send)
    assert "LanesSmsExpress" in str(send)
    assert len(send["Resource"]) == 2


@pytest.mark.parametrize("role", ["IntakeRole", "ScheduleFunctionRole"])
def test_only_delivery_queues_are_sent_to(service: Template, role: str) -> None:
    (send,) = [
        found for found in service.statements(role) if "sqs:SendMessage" in listed(found["Action"])
    ]

    targets = [resource["Fn::GetAtt"][0] for resource in send["Resource"]]
    lanes = [target for target in targets if target.startswith("Lanes")]
    (reminders,) = set(targets) - set(lanes)
    assert len(lanes) == 9
    assert reminders.startswith("RemindersQueue")
    assert not any("Dead" in target for target in targets)


def test_reminders_are_sent_by_the_express_lane_alone(service: Template) -> None:
    statements = service.statements("RemindersFunctionRole")
    (send,) = [found for found in statements if "sqs:SendMessage" in listed(found["Action"])]

    targets = [resource["Fn::GetAtt"][0] for resource in send["Resource"]]
    assert len(targets) == 3
    assert all("Express" in target for target in targets)
