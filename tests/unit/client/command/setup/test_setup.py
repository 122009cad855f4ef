from __future__ import annotations

import json

import pytest

from infra.local.carrier.account import Account, Limit, Phone
from tests.unit.client.command.account import ARN, ROLE, settings

EUM = settings(sms={"provider": "end_user_messaging"})


@pytest.fixture
def deployed(world):
    world.deploy()
    return world


def steps(result):
    return {step["what"]: step for step in result.json()["steps"]}


def attributes(world):
    return world.carrier.ledger.account.texts.attributes


def limits(world):
    phone = world.carrier.ledger.account.phone
    return phone.text_limit.enforced, phone.media_limit.enforced, phone.voice_limit.enforced


def test_it_sets_what_no_stack_can(deployed, command):
    result = command("setup", "--yes")

    assert result.code == 0, result.out
    assert attributes(deployed) == {
        "DeliveryStatusIAMRole": ROLE,
        "DeliveryStatusSuccessSamplingRate": "100",
        "DefaultSMSType": "Transactional",
        "MonthlySpendLimit": "100",
    }
    assert limits(deployed) == (100, 100, 50)
    words = deployed.carrier.ledger.account.phone.numbers[1].keywords
    assert words["REVOKE"] == words["OPT OUT"] == "OPT_OUT"
    assert "stops calls at so many USD a month: 100 → 50" in result.out


def test_it_has_numbers_heard_that_people_text_to(world, command):
    told = {"number": "+12065550143", "type": "ten_dlc", "self_managed": True}
    two_way = json.dumps([{**told, "opt_out_list": "Default"}])
    world.deploy(outputs={"TwoWayNumbers1": two_way})

    first, second = command("setup", "--yes"), command("setup", "--json")

    number = world.carrier.ledger.account.phone.numbers[1]
    assert (number.two_way, number.two_way_topic, number.own_opt_outs) == (
        True,
        f"{ARN}:inbound",
        True,
    )
    assert "REVOKE" not in number.keywords
    assert first.code == 0, first.out
    assert "goes to arn:aws:sns:us-east-1:123456789012:inbound" in first.out
    assert {step["state"] for step in second.json()["steps"]} == {"already so"}
    checks = command("doctor", "--no-send", "--channel", "sms", "--json").json()["checks"]
    assert {check["state"] for check in checks} == {"ok"}


def test_a_second_time_there_is_nothing_to_do(deployed, command):
    command("setup", "--yes")
    before = deployed.carrier.ledger.account

    result = command("setup", "--json")

    assert {step["state"] for step in result.json()["steps"]} == {"already so"}
    assert deployed.carrier.ledger.account == before


def test_a_dry_run_shows_it_and_changes_nothing(deployed, command):
    before = deployed.carrier.ledger.account

    result = command("setup", "--dry-run")

    assert result.code == 0
    assert "would do    SNS sends texts as: nothing → Transactional" in result.out
    assert "already so  SES suppresses addresses after: BOUNCE, COMPLAINT" in result.out
    assert deployed.carrier.ledger.account == before


def test_without_a_yes_nothing_is_done(deployed, command):
    before = deployed.carrier.ledger.account

    result = command("setup")

    assert result.code == 1
    assert "would do" in result.err
    assert "Nothing was done" in result.err
    assert deployed.carrier.ledger.account == before


def test_a_yes_is_asked_for_once(deployed, command):
    questions: list[str] = []

    assert command("setup", confirm=questions.append).code == 0
    assert command("setup", confirm=questions.append).code == 0
    assert len(questions) == 1


def test_json_records_what_was_so_before(deployed, command):
    result = command("setup", "--yes", "--json")

    (calls,) = [step for what, step in steps(result).items() if "stops calls" in what]
    assert (calls["state"], calls["before"], calls["after"]) == ("done", 100, 50)


def test_no_limit_goes_above_what_aws_allows(deployed, command):
    phone = Phone(text_limit=Limit(enforced=1, most=20), voice_limit=Limit(enforced=1, most=5))
    deployed.carrier.ledger.change(lambda _: Account(phone=phone))

    result = command("setup", "--yes")

    assert result.code == 0, result.out
    assert attributes(deployed)["MonthlySpendLimit"] == "20"
    assert limits(deployed)[2] == 5
    assert "AWS allows 5 USD a month at most; for 50 ask for more" in result.out


def test_texts_by_end_user_messaging_are_bounded_there(world, command):
    world.deploy(EUM)

    result = command("setup", "--yes")

    assert result.code == 0
    assert attributes(world) == {}
    assert limits(world) == (100, 100, 50)
    assert "stops texts" in result.out


def test_reasons_to_suppress_that_are_there_stay(deployed, command):
    account = deployed.carrier.ledger.account
    email = account.email.model_copy(update={"suppressed": ("COMPLAINT",)})
    deployed.carrier.ledger.change(lambda now: now.model_copy(update={"email": email}))

    command("setup", "--yes")

    assert deployed.carrier.ledger.account.email.suppressed == ("BOUNCE", "COMPLAINT")


def test_what_fails_is_told_and_the_rest_is_done(deployed, command):
    deployed.refuse("SetVoiceMessageSpendLimitOverride", "AccessDeniedException")
    deployed.refuse("PutKeyword", "ConflictException")

    result = command("setup", "--yes")

    assert result.code == 1
    assert "needs sms-voice:SetVoiceMessageSpendLimitOverride" in result.out
    assert "AWS says ConflictException" in result.out
    assert "3 steps failed" in result.err
    assert attributes(deployed)["DefaultSMSType"] == "Transactional"


def test_what_cannot_be_looked_at_is_left_alone(deployed, command):
    deployed.refuse("DescribeSpendLimits", "AccessDeniedException")

    result = command("setup", "--yes")

    assert result.code == 1
    assert "needs sms-voice:DescribeSpendLimits; nothing was done" in result.out
    assert limits(deployed) == (100, 100, 100)


def test_before_a_deployment_there_is_nothing_to_set_up(command):
    result = command("setup", "--yes")

    assert result.code == 2
    assert "Outbound-dev isn't deployed" in result.err
