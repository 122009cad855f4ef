from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from outbound_client.command.account import Unknown
from outbound_client.command.setup.plan import plan
from tests.unit.client.command.account import ARN, facts, keywords, limits, settings

DOLLARS = st.integers(0, 100_000)


@given(wanted=st.decimals("0.01", 100_000, places=2), enforced=DOLLARS, most=DOLLARS)
def test_a_limit_is_never_above_the_settings_nor_above_what_aws_allows(wanted, enforced, most):
    told = settings(voice={"monthly_limit_usd": str(wanted)})

    steps = plan(facts({"phone.limits": limits(voice=enforced, most=most)}, told))

    (step,) = [step for step in steps if step.name == "voice.spend-limit"]
    assert step.after <= most
    assert step.after <= max(1, wanted)
    assert (step.call is None) == (step.before == step.after)
    assert (step.note is not None) == (most < max(1, int(wanted)))


def test_where_all_is_so_no_step_has_a_call():
    assert [step for step in plan(facts()) if step.call or step.unknown] == []


def test_words_are_answered_as_stop_is():
    steps = plan(facts({"phone.keywords": keywords("STOP", "REVOKE")}))

    (call,) = [step.call for step in steps if step.call]
    assert call.parameters == {
        "OriginationIdentity": "phone-2",
        "Keyword": "OPT OUT",
        "KeywordMessage": "No more.",
        "KeywordAction": "OPT_OUT",
    }


def test_without_an_answer_to_stop_no_words_are_made_up():
    steps = plan(facts({"phone.keywords": keywords("HELP")}))

    assert [step.call for step in steps if step.name == "sms.keywords"] == [None, None]
    assert all(step.unknown for step in steps if step.name == "sms.keywords")


def two_way(*numbers):
    return {"TwoWayNumbers1": json.dumps(numbers)}


SELF_MANAGED = {
    "number": "+12065550143",
    "type": "ten_dlc",
    "self_managed": True,
    "opt_out_list": "alerts",
}


def test_a_number_that_people_text_to_is_heard_and_answered_as_the_settings_say():
    changes = {"phone.keywords": keywords("STOP")}
    steps = plan(facts(changes, outputs=two_way(SELF_MANAGED)))

    made, updated = [step.call for step in steps if step.call]
    assert made.parameters == {"OptOutListName": "alerts"}
    assert updated.parameters == {
        "PhoneNumberId": "phone-2",
        "TwoWayEnabled": True,
        "TwoWayChannelArn": f"{ARN}:inbound",
        "SelfManagedOptOutsEnabled": True,
        "OptOutListName": "alerts",
    }


def test_where_aws_answers_it_is_told_of_all_words():
    number = {**SELF_MANAGED, "self_managed": False, "opt_out_list": "Default"}
    changes = {"phone.keywords": keywords("STOP")}
    steps = plan(facts(changes, outputs=two_way(number)))

    words = {
        step.call.parameters["Keyword"]: step.after
        for step in steps
        if step.call and step.name == "sms.keywords"
    }
    assert words == {
        "REVOKE": "OPT_OUT",
        "OPT OUT": "OPT_OUT",
        "START": "OPT_IN",
        "UNSTOP": "OPT_IN",
    }


def test_a_number_that_the_account_does_not_have_is_said():
    steps = plan(facts(outputs=two_way({**SELF_MANAGED, "number": "+12065550199"})))

    (step,) = [step for step in steps if step.unknown]
    assert step.unknown == "this account has no such number here"


def test_sns_is_bounded_even_where_nobody_knows_what_aws_allows():
    steps = plan(facts({"phone.limits": Unknown("needs x"), "sns.attributes": {}}))

    (step,) = [step for step in steps if step.name == "sms.spend-limit"]
    assert step.after == "100"
