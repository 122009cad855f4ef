"""The domains of tenants are looked at as the deployment's own is, each for itself."""

from __future__ import annotations

import json

import pytest

from outbound_client.command.account import Unknown
from outbound_client.command.doctor.checks import checks
from outbound_client.command.doctor.verdict import State, judged
from tests.unit.client.command.account import WELL, facts, stack
from tests.unit.client.command.doctor.faults import FAULTS
from tests.unit.client.command.doctor.faults.sender_domain import DOMAIN

SENDERS = {
    "EmailSenders1": "hello@clinic.test news@clinic.test other@MAIL.example.com",
    "EmailSenders2": "info@bank.test",
}
OF_A_DOMAIN = ("identity", "dkim", "mail-from", "spf", "dmarc")


def renamed(value, domain):
    return json.loads(json.dumps(value).replace("mail.example.com", domain))


def well(domain):
    return {
        f"{name}.{domain}": renamed(WELL[name], domain)
        for name in ("ses.identity", "dns.spf", "dns.dmarc")
    }


def findings(changes=None):
    known = {**well("clinic.test"), **well("bank.test"), **(changes or {})}
    of = facts(known, outputs=SENDERS)
    return {each.name: judged(each, of).verdict for each in checks(of, ("email",))}


def complaints(found):
    return {name for name, verdict in found.items() if verdict.state is not State.OK}


def test_each_domain_of_a_tenant_is_looked_at():
    found = findings()

    own = {name for name in found if name.endswith(".test")}
    assert own == {
        f"email.{what}.{domain}" for what in OF_A_DOMAIN for domain in ("clinic.test", "bank.test")
    }
    assert complaints(found) == set()
    assert found["email.identity.clinic.test"].what == "clinic.test is verified."


FAULTS_OF_A_DOMAIN = [
    *DOMAIN,
    *(fault for fault in FAULTS if fault.check in ("email.identity", "email.dkim")),
]


@pytest.mark.parametrize("fault", FAULTS_OF_A_DOMAIN, ids=str)
def test_a_fault_of_a_tenants_domain_is_named_with_its_domain_alone(fault):
    changes = {
        f"{name}.clinic.test": renamed(value, "clinic.test")
        for name, value in fault.changes.items()
    }
    found = findings(changes)

    name = f"{fault.check}.clinic.test"
    assert complaints(found) == {name}
    assert found[name].state == fault.state
    assert renamed(fault.what, "clinic.test") in found[name].what
    assert renamed(fault.remedy, "clinic.test") in found[name].remedy


@pytest.mark.parametrize("fault", DOMAIN[:3], ids=str)
def test_a_fault_of_the_deployments_domain_is_none_of_a_tenants(fault):
    assert complaints(findings(fault.changes)) == {fault.check}


def test_what_cannot_be_looked_at_is_said_of_its_domain_alone():
    found = findings({"ses.identity.clinic.test": Unknown("needs ses:GetEmailIdentity")})

    open_ones = {name for name in complaints(found) if found[name].state is State.NOT_CHECKED}
    assert open_ones == complaints(found)
    assert {name.removeprefix("email.") for name in open_ones} == {
        f"{what}.clinic.test" for what in ("identity", "dkim", "mail-from", "spf")
    }


NO_SEND = ("doctor", "--no-send", "--channel", "email", "--json")


def test_over_aws_and_the_dns_each_domain_has_its_own_answers(world, command):
    world.deploy()
    world.stacks["Outbound-dev"] = stack(outputs=SENDERS)
    identities = ("mail.example.com", "clinic.test")
    world.carrier.settings = world.carrier.settings.model_copy(update={"identities": identities})

    world.texts_of |= {
        "_dmarc.clinic.test": ["v=DMARC1; p=quarantine"],
        "bounce.clinic.test": ["v=spf1 include:amazonses.com -all"],
    }

    told = {each["name"]: each for each in command(*NO_SEND).json()["checks"]}

    assert {told[f"email.{what}.clinic.test"]["state"] for what in OF_A_DOMAIN} == {"ok"}
    assert told["email.identity.bank.test"]["state"] == "problem"
    assert "--email-identity bank.test" in told["email.identity.bank.test"]["remedy"]
    assert told["email.dmarc.bank.test"]["state"] == "problem"
    assert told["email.dmarc"]["state"] == "ok"
