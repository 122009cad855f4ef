"""Numbers looked up by End User Messaging: whatever it answers is read, or said to be no answer."""

from __future__ import annotations

import json
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config

from infra.local.carrier import Answer, Carrier, Rule
from infra.local.carrier.hook import attach
from outbound.adapters.carriers.number_lookup import CarrierLookUp
from outbound.domain.line import Line, LineType
from outbound.ports import LookUpFailed
from tests import aws
from tests.memory.clock import START

NUMBER = "+14155550123"


@pytest.fixture
def carrier():
    return Carrier()


@pytest.fixture
def lookup(carrier):
    session: Any = boto3.Session("test", "test", region_name=aws.REGION)
    config = Config(retries={"total_max_attempts": 1})
    client = session.client("pinpoint-sms-voice-v2", config=config)
    detach = attach(carrier, client.meta.events)
    yield CarrierLookUp(lambda: client)
    detach()


def answering(carrier, **said):
    body = json.dumps({"E164PhoneNumber": NUMBER, **said})
    carrier.rules.replace([Rule(answer=Answer(body=body))])


def test_every_type_of_aws_is_known():
    model = botocore.session.get_session().get_service_model("pinpoint-sms-voice-v2")
    kinds = model.shape_for("PhoneNumberType").enum  # type: ignore[attr-defined]
    assert {kind.lower() for kind in kinds} == set(LineType)


def test_type_carrier_and_country_are_read(lookup):
    line = lookup.look_up(NUMBER, START)
    assert line == Line(LineType.MOBILE, START, "Simulated carrier", "US")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ({"PhoneNumberType": "SATELLITE"}, Line(LineType.OTHER, START)),
        ({"PhoneNumberType": "VOIP", "Carrier": ""}, Line(LineType.VOIP, START)),
        ({"PhoneNumberType": "LANDLINE", "IsoCountryCode": "USA"}, Line(LineType.LANDLINE, START)),
    ],
)
def test_what_is_strange_is_left_out(carrier, lookup, said, line):
    answering(carrier, **said)
    assert lookup.look_up(NUMBER, START) == line


@pytest.mark.parametrize(
    "answer",
    [
        Answer(error="ThrottlingException"),
        Answer(error="AccessDeniedException"),
        Answer(error="ServiceQuotaExceededException"),
        Answer(garbage=True),
        Answer(drop="before"),
        Answer(body="{}"),
    ],
)
def test_no_answer_is_said_to_be_none(carrier, lookup, answer):
    carrier.rules.replace([Rule(answer=answer)])
    with pytest.raises(LookUpFailed) as failed:
        lookup.look_up(NUMBER, START)
    assert NUMBER not in str(failed.value)
