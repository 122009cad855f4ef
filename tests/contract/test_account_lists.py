"""AWS's own lists: put, removed, and whatever AWS answers to that, without an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.config import Config

from infra.local.carrier import Answer as Ruled
from infra.local.carrier import Carrier, Rule
from infra.local.carrier.account import Account, OptedOut, Phone
from infra.local.carrier.hook import attach
from outbound.adapters.account_lists import AwsAccountLists
from outbound.domain.address import Address
from outbound.domain.mirror import Answer, Listed
from outbound.domain.suppression import ANY_TENANT
from tests import aws, memory

LISTS = {ANY_TENANT: ["Default", "Clinic"], "clinic": ["Clinic"]}
PHONE, EMAIL = Address("phone", "+14155550123"), Address("email", "jane@example.com")
EITHER = pytest.mark.parametrize(
    ("address", "listed"), [(PHONE, Listed.OPT_OUT), (EMAIL, Listed.COMPLAINT)]
)


@pytest.fixture
def carrier():
    carrier = Carrier()
    carrier.ledger.change(lambda _: Account(phone=Phone(opt_out_lists=("Default", "Clinic"))))
    return carrier


@pytest.fixture
def real(carrier):
    session: Any = boto3.Session("test", "test", region_name=aws.REGION)
    config = Config(retries={"total_max_attempts": 1})
    clients: dict[str, Any] = {
        name: session.client(name, config=config) for name in ("sesv2", "pinpoint-sms-voice-v2")
    }
    detach = [attach(carrier, client.meta.events) for client in clients.values()]
    yield AwsAccountLists(lambda: clients["sesv2"], lambda: clients["pinpoint-sms-voice-v2"], LISTS)
    for each in detach:
        each()


@pytest.fixture(params=["memory", "aws"])
def lists(request):
    if request.param == "memory":
        return memory.MemoryAccountLists()
    return request.getfixturevalue("real")


@EITHER
def test_what_is_put_may_be_put_and_removed_again(lists, address, listed):
    assert lists.put(ANY_TENANT, address, listed)[0] is Answer.DONE
    assert lists.put(ANY_TENANT, address, listed)[0] is Answer.DONE
    assert lists.remove(ANY_TENANT, address)[0] is Answer.DONE
    assert lists.remove(ANY_TENANT, address)[0] is Answer.DONE


def test_addresses_and_numbers_stand_on_their_lists(real, carrier):
    real.put(ANY_TENANT, PHONE, Listed.OPT_OUT)
    real.put(ANY_TENANT, EMAIL, Listed.BOUNCE)
    account = carrier.ledger.account
    assert account.phone.opted_out.keys() == {"Default", "Clinic"}
    assert account.phone.unwanted == {PHONE.value}
    assert account.email.addresses[EMAIL.value].reason == "BOUNCE"


def test_a_tenants_numbers_have_lists_of_their_own_or_none(real, carrier):
    assert real.put("clinic", PHONE, Listed.OPT_OUT)[0] is Answer.DONE
    assert real.put("shop", PHONE, Listed.OPT_OUT)[0] is Answer.DONE
    assert carrier.ledger.account.phone.opted_out.keys() == {"Clinic"}


def test_one_list_that_is_not_there_does_not_keep_the_other_from_its_entry(real, carrier):
    carrier.ledger.change(lambda _: Account(phone=Phone(opt_out_lists=("Clinic",))))
    assert real.put(ANY_TENANT, PHONE, Listed.OPT_OUT)[0] is Answer.LATER
    assert carrier.ledger.account.phone.opted_out.keys() == {"Clinic"}


def test_a_list_that_is_not_there_is_waited_for(real, carrier):
    carrier.ledger.change(lambda _: Account(phone=Phone(opt_out_lists=())))
    assert real.put(ANY_TENANT, PHONE, Listed.OPT_OUT) == (
        Answer.LATER,
        "ResourceNotFoundException",
    )
    assert real.remove(ANY_TENANT, PHONE) == (Answer.LATER, "ResourceNotFoundException")


def test_a_number_that_was_opted_in_lately_is_waited_for(real):
    for _ in range(2):
        real.put(ANY_TENANT, PHONE, Listed.OPT_OUT)
        answer = real.remove(ANY_TENANT, PHONE)
    assert answer == (Answer.LATER, "RESOURCE_MODIFICATION_NOT_ALLOWED")


def test_who_opted_out_by_a_text_is_left_alone(real, carrier):
    entry = OptedOut(at=datetime(2026, 1, 1, tzinfo=UTC), by_its_owner=True)
    phone = Phone(opted_out={"Clinic": {PHONE.value: entry}}, opt_out_lists=("Default", "Clinic"))
    carrier.ledger.change(lambda _: Account(phone=phone))
    assert real.remove(ANY_TENANT, PHONE) == (Answer.NEVER, "PHONE_NUMBER_CANNOT_BE_OPTED_IN")


def test_what_no_service_takes_is_let_go(real, carrier):
    unparsed = Ruled(error="ValidationException", reason="CANNOT_PARSE")
    bad = Ruled(error="BadRequestException")
    for address, answer in ((PHONE, unparsed), (EMAIL, bad)):
        carrier.rules.replace([Rule(answer=answer)])
        assert real.put(ANY_TENANT, address, Listed.BOUNCE)[0] is Answer.NEVER
        assert real.remove(ANY_TENANT, address)[0] is Answer.NEVER


TROUBLE = [
    Ruled(error="ThrottlingException"),
    Ruled(error="TooManyRequestsException"),
    Ruled(error="AccessDeniedException"),
    Ruled(error="InternalServerException", status=500),
    Ruled(error="SomethingNew", status=400),
    Ruled(garbage=True),
    Ruled(drop="before"),
    Ruled(drop="after"),
    Ruled(hang=60),
]


@pytest.mark.parametrize("answer", TROUBLE, ids=repr)
@EITHER
def test_whatever_else_comes_is_tried_again(real, carrier, address, listed, answer):
    carrier.rules.replace([Rule(answer=answer)])
    put, code = real.put(ANY_TENANT, address, listed)
    assert put is Answer.LATER
    assert real.remove(ANY_TENANT, address)[0] is Answer.LATER
    assert address.value not in code
