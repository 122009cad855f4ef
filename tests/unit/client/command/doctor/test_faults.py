"""Each fault of an account is named by one check, with a remedy; none other complains."""

from __future__ import annotations

import pytest

from outbound_client.command.account import Unknown
from outbound_client.command.doctor.checks import CHANNELS, checks
from outbound_client.command.doctor.verdict import State, judged
from tests.unit.client.command.account import (
    SETTINGS,
    WELL,
    facts,
    settings,
    undeployed,
    within,
)
from tests.unit.client.command.doctor.faults import FAULTS
from tests.unit.client.command.doctor.faults.fault import EUM

SENDER_ID = settings(sms={"provider": "end_user_messaging", "origination": "ACME"})
OPTIONAL = {"upkeep.lists", "phone.pools"}
"""What no check of the well account needs."""


def findings(of):
    return {one.name: one.verdict for one in (judged(check, of) for check in checks(of, CHANNELS))}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_is_named_with_its_remedy_by_one_check_alone(fault):
    found = findings(facts(fault.changes, fault.told, fault.outputs))

    verdict = found.pop(fault.check)
    assert verdict.state == fault.state
    assert fault.what in verdict.what
    assert fault.remedy in verdict.remedy
    assert {name: told for name, told in found.items() if told.state != State.OK} == {}


@pytest.mark.parametrize("told", [SETTINGS, EUM, SENDER_ID], ids=["sns", "number", "sender id"])
def test_where_all_is_well_nothing_is_said_against_it(told):
    assert {verdict.state for verdict in findings(facts(told=told)).values()} == {State.OK}


def test_there_is_a_fault_for_each_check():
    every = {check.name for told in (SETTINGS, EUM) for check in checks(facts(told=told), CHANNELS)}

    assert {fault.check for fault in FAULTS} | {"email.identity"} == every


def test_an_identity_that_ses_does_not_know_is_one_cause_with_two_names():
    found = findings(facts({"ses.identity": None}))

    assert (
        "create-email-identity --email-identity mail.example.com" in found["email.identity"].remedy
    )
    assert found["email.dkim"].state == State.PROBLEM


def test_unlimited_quotas_are_no_fault():
    quota = {"Max24HourSend": -1, "MaxSendRate": -1, "SentLast24Hours": 1e9}

    found = findings(facts(within("ses.account", "SendQuota", **quota)))

    assert found["email.rate"].state == found["email.quota"].state == State.OK


def test_in_the_sandbox_of_end_user_messaging_texts_and_calls_are_held_back():
    found = findings(
        facts({"phone.attributes": [{"Name": "ACCOUNT_TIER", "Value": "SANDBOX"}]}, EUM)
    )

    assert {name for name, told in found.items() if told.state == State.PROBLEM} == {
        "sms.sandbox",
        "voice.sandbox",
    }


@pytest.mark.parametrize("fact", list(WELL))
def test_what_cannot_be_looked_at_is_said_and_never_guessed(fact):
    found = findings(facts({fact: Unknown("needs a:Right")}))

    open_ones = [told for told in found.values() if told.state == State.NOT_CHECKED]
    assert all(told.what == "needs a:Right" for told in open_ones)
    assert all(told.state in (State.OK, State.NOT_CHECKED) for told in found.values())
    assert open_ones or fact in OPTIONAL


def test_before_the_first_deployment_the_account_is_looked_at_all_the_same():
    stacks = {"Outbound-dev-Data": None, "Outbound-dev": None}

    found = findings(undeployed({"stacks": stacks}))

    assert found["platform.stacks"].state == State.PROBLEM
    assert found["email.production-access"].state == State.OK
    assert found["sms.sandbox"].what == "Outbound-dev isn't deployed"


def test_a_deployment_from_before_this_command_is_to_be_deployed_again():
    found = findings(undeployed())

    assert found["platform.stacks"].state == State.PROBLEM
    assert "cdk deploy" in found["platform.stacks"].remedy
