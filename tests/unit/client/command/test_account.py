from __future__ import annotations

import threading

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from dns.resolver import NoNameservers

from outbound_client.command.account import Unknown, phone
from outbound_client.command.account.collect import Question, collect
from outbound_client.command.account.names import is_nameserver, policies, walk
from outbound_client.command.account.reasons import why
from outbound_client.command.deployed import Sms, read_outputs
from tests.unit.client.command.account import SETTINGS, caller, number, stack
from tests.unit.client.command.world import World, refused


def quiet(_: int, __: int) -> None: ...


def test_answers_come_together_and_failures_are_among_them():
    def fail():
        raise refused("AccessDenied", "GetAccount")

    asked = {"a": Question("x:A", lambda: 1), "b": Question("ses:GetAccount", fail)}

    assert collect(asked, quiet) == {"a": 1, "b": Unknown("needs ses:GetAccount")}


def test_a_question_that_hangs_holds_nothing_up():
    answered = threading.Event()
    asked = {"slow": Question("x:A", answered.wait), "quick": Question("x:B", lambda: 2)}

    known = collect(asked, quiet, seconds=0.2)
    answered.set()

    assert known["quick"] == 2
    assert known["slow"].why.startswith("no answer")


def test_progress_counts_up_to_the_end():
    told: list[tuple[int, int]] = []

    collect({"a": Question("x:A", int)}, lambda done, of: told.append((done, of)))

    assert told == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (refused("AccessDeniedException", "X"), "needs ses:GetAccount"),
        (refused("ExpiredToken", "X"), "the AWS credentials are expired or wrong"),
        (refused("TooManyRequestsException", "X"), "AWS throttles: try again in a minute"),
        (refused("InternalFailure", "X"), "AWS says InternalFailure"),
        (ConnectTimeoutError(endpoint_url="x"), "no connection to AWS"),
        (ReadTimeoutError(endpoint_url="x"), "no connection to AWS"),
        (NoNameservers(), "the DNS gave no answer"),
        (ZeroDivisionError("zoe@example.com"), "ZeroDivisionError"),
    ],
)
def test_a_reason_is_short_and_never_repeats_a_value(error, told):
    assert why(error, "ses:GetAccount") == told


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ("example.com", ["example.com"]),
        ("mail.shop.example.com", ["mail.shop.example.com", "shop.example.com", "example.com"]),
        (
            "a.b.c.d.e.f.g.example.com",
            [
                "a.b.c.d.e.f.g.example.com",
                "c.d.e.f.g.example.com",
                "d.e.f.g.example.com",
                "e.f.g.example.com",
                "f.g.example.com",
                "g.example.com",
                "example.com",
            ],
        ),
    ],
)
def test_a_policy_is_looked_for_as_receivers_do(domain, names):
    assert list(walk(domain)) == names


@pytest.mark.parametrize(
    ("records", "found"),
    [
        ({"a.b.c": "p=none", "b.c": "p=reject"}, "a.b.c"),
        ({"b.c": "p=reject"}, "b.c"),
        ({"x.a.b.c": "p=none", "b.c": "p=reject"}, "b.c"),
        ({"b.c": "p=reject; psd=n", "c": "p=none"}, "b.c"),
        ({}, None),
    ],
)
def test_the_own_policy_counts_before_that_of_the_organisation(records, found):
    texts = {f"_dmarc.{name}": [f"v=DMARC1; {tags}"] for name, tags in records.items()}
    world = World(texts_of=texts)

    assert next(iter(policies(world, "a.b.c")), None) == found


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("9.9.9.9", True),
        ("127.0.0.1:4570", True),
        ("2620:fe::fe", True),
        ("[2620:fe::fe]:53", True),
        ("dns.example", False),
        ("dns.example:53", False),
        ("9.9.9.9:x", False),
    ],
)
def test_a_name_server_is_an_address(text, right):
    assert is_nameserver(text) is right


def test_records_that_are_not_dmarc_are_passed_over():
    world = World(texts_of={"_dmarc.b.c": ["v=spf1 -all", "v=DMARC1; p=reject", "v=DMARC12"]})

    assert policies(world, "b.c") == {"b.c": ["v=DMARC1; p=reject"]}


@pytest.mark.parametrize(
    ("origination", "origins"),
    [
        (None, ["phone-2"]),
        ("+12065550143", ["phone-2"]),
        ("phone-2", ["phone-2"]),
        ("phone-9", []),
        ("pool-1", ["pool-1"]),
        ("ACME", []),
    ],
)
def test_keywords_are_those_of_what_texts_leave_from(origination, origins):
    sms = Sms(**SETTINGS["sms"], origination=origination)
    toll_free = number(PhoneNumberId="phone-3", NumberType="TOLL_FREE")

    assert phone.text_origins(sms, [caller(), number(), toll_free]) == origins


def test_a_stack_says_what_it_is():
    deployed = read_outputs(stack())

    assert deployed is not None
    assert deployed.settings.email.address == "news@mail.example.com"
    assert deployed.settings.email.domain == "mail.example.com"


@pytest.mark.parametrize("outputs", [[], [{"OutputKey": "Settings", "OutputValue": "{"}]])
def test_a_stack_of_something_else_says_nothing(outputs):
    assert read_outputs({"Outputs": outputs}) is None
