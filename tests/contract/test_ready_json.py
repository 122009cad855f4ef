"""Bodies that we write ourselves, beside what botocore makes of the same parameters."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from outbound.adapters.carriers.ses import Ses
from outbound.adapters.carriers.ses_bulk import SesBulk
from outbound.adapters.dynamodb.table import Table, wire, wire_text
from outbound.adapters.ready_json import answer_plainly, ready, take_ready
from outbound.domain.address import Address
from outbound.domain.ids import MessageRef
from outbound.domain.outcome import Kind
from outbound.domain.words import Purpose
from outbound.ports import Outgoing
from tests import aws

SESSION: Any = boto3.Session("test", "test", region_name=aws.REGION)
JSON = {"Content-Type": "application/x-amz-json-1.0"}
VALUES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.sets(st.text(), min_size=1),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
TRICKY = 'a"b\\c\n\x00 é \U0001f600 \ud800'


class _Body(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


class Wire:
    """Whatever a client sends, answered without a socket."""

    def __init__(self, client: Any, *answers: tuple[int, str]):
        self.asked: list[Any] = []
        self.headers: list[Any] = []
        self.answers = list(answers) or [(200, "{}")]
        client.meta.events.register("before-send", self.answer)

    def answer(self, request: Any, **_: Any) -> AWSResponse:
        named = {name: request.headers.get(name) for name in ("Content-Type", "X-Amz-Target")}
        self.headers.append((request.method, request.url, named))
        self.asked.append(json.loads(request.body))
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        headers = HTTPHeaders.from_dict(JSON)
        return AWSResponse(request.url, status, headers, _Body(body.encode()))


def make_client(service: str = "dynamodb") -> Any:
    return SESSION.client(service)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), VALUES | st.none()))
def test_an_item_is_written_as_the_sdk_would(values: dict[str, Any]) -> None:
    assert json.loads(wire_text(values)) == json.loads(json.dumps(wire(values)))


def test_what_is_put_is_what_the_sdk_would_send() -> None:
    ours, theirs = make_client(), make_client()
    item = {
        "pk": "p",
        "sk": TRICKY,
        "version": 3,
        "some": [1, {"deep": Decimal("1.5")}],
        "no": None,
    }
    said, expected = Wire(ours), Wire(theirs)

    Table(ours, "messages").put_next(item)
    theirs.put_item(
        TableName="messages",
        Item=wire(item),
        ConditionExpression="version = :before",
        ExpressionAttributeValues=wire({":before": 2}),
    )
    assert said.asked == expected.asked

    Table(ours, "messages").put_many([item, item])
    puts = [{"PutRequest": {"Item": wire(item)}}] * 2
    theirs.batch_write_item(RequestItems={"messages": puts})
    assert said.asked == expected.asked

    said.answers = [(200, '{"Responses": {}}')]
    Table(ours, "messages").get_many([{"pk": TRICKY, "sk": "s"}])
    keys = {"Keys": [wire({"pk": TRICKY, "sk": "s"})], "ConsistentRead": True}
    theirs.batch_get_item(RequestItems={"messages": keys})
    assert said.asked == expected.asked
    assert said.headers == expected.headers


def test_what_is_read_is_what_the_sdk_would_read() -> None:
    item = {"pk": "p", "sk": TRICKY, "n": 5, "set": {"a", "b"}, "list": ["x", {"y": True}]}
    client = make_client()
    answer = {"Responses": {"messages": [wire(item)]}}
    Wire(client, (200, json.dumps(answer, default=list)))

    assert Table(client, "messages").get_many([{"pk": "p", "sk": "s"}]) == [item]


def test_what_was_left_out_of_a_batch_is_asked_for_again() -> None:
    client = make_client()
    left = {"messages": {"Keys": [wire({"pk": "p", "sk": "2"})], "ConsistentRead": True}}
    one, two = ({"pk": "p", "sk": sk} for sk in "12")
    wired = Wire(
        client,
        (200, json.dumps({"Responses": {"messages": [wire(one)]}, "UnprocessedKeys": left})),
        (200, json.dumps({"Responses": {"messages": [wire(two)]}, "UnprocessedKeys": {}})),
    )

    assert Table(client, "messages").get_many([one, two]) == [one, two]
    assert wired.asked[1] == {"RequestItems": left}


@pytest.mark.parametrize("status", [400, 500])
def test_an_error_stays_an_error(status: int) -> None:
    client = SESSION.client("dynamodb")
    answer = {"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}
    Wire(client, (status, json.dumps(answer)))
    table = Table(client, "messages")

    if status == 400:
        assert table.put_new({"pk": "p", "sk": "s"}) is False
    with pytest.raises(ClientError):
        table.get("p", "s")


@pytest.mark.parametrize("body", ["", "[]", '"text"', "{", "null"])
def test_an_answer_that_is_no_object_is_left_to_the_sdk(body: str) -> None:
    ours, theirs = make_client(), make_client()
    answer_plainly(ours, "GetItem")
    asked = {"TableName": "messages", "Key": wire({"pk": "p", "sk": "s"})}
    told = []
    for client in (ours, theirs):
        Wire(client, (200, body))
        try:
            told.append(client.get_item(**asked).get("Item"))
        except Exception as error:
            told.append(type(error).__name__)

    assert told[0] == told[1]


def test_a_client_that_was_told_twice_asks_once() -> None:
    client = make_client()
    for _ in range(2):
        take_ready(client, "PutItem")
    wired = Wire(client)

    client.put_item(TableName="t", Item={}, **ready('{"ours": true}'))
    client.put_item(TableName="t", Item=wire({"pk": "p"}))

    assert wired.asked[0] == {"ours": True}
    assert wired.asked[1] == {"TableName": "t", "Item": {"pk": {"S": "p"}}}


def outgoing(text: str) -> Outgoing:
    bodies = {"subject": "S", "text": text, "html": f'<p class="x">{text}</p>'}
    address, purpose = Address("email", "ada@example.com"), Purpose.MARKETING
    ref, url = MessageRef("acme", "msg_1"), "https://example.com/u/x"
    return Outgoing(ref, 1, address, purpose, bodies, unsubscribe=url)


@pytest.mark.parametrize("text", ["plain", TRICKY, "漢字" * 50, '"' * 50])
def test_a_call_with_many_emails_is_one_that_the_sdk_would_make(text: str) -> None:
    ours, theirs = make_client("sesv2"), make_client("sesv2")
    entries = [{"Status": "SUCCESS", "MessageId": "m"}] * 2
    said = Wire(ours, (200, json.dumps({"BulkEmailEntryResults": entries})))
    expected = Wire(theirs)
    carrier = SesBulk(Ses(ours, aws.SENDER, aws.CONFIGURATION_SET))

    outcomes = carrier.hand_over_many([outgoing(text)] * 2)

    theirs.send_bulk_email(**said.asked[0])
    assert said.asked == expected.asked
    assert said.headers == expected.headers
    assert [each.kind for each in outcomes] == [Kind.SENT, Kind.SENT]
    data = said.asked[0]["BulkEmailEntries"][0]["ReplacementEmailContent"]["ReplacementTemplate"]
    assert json.loads(data["ReplacementTemplateData"]) == outgoing(text).bodies


@pytest.mark.parametrize("text", ["plain", "漢字" * 500, '"\\' * 500, TRICKY * 50])
def test_an_email_takes_no_more_of_a_call_than_was_counted(text: str) -> None:
    client = make_client("sesv2")
    sizes: list[int] = []
    client.meta.events.register(
        "before-send", lambda request, **_: sizes.append(len(request.body)), unique_id="size"
    )
    Wire(client, (200, '{"BulkEmailEntryResults": []}'))
    carrier = SesBulk(Ses(client, aws.SENDER, aws.CONFIGURATION_SET))

    for count in (1, 2):
        carrier.hand_over_many([outgoing(text)] * count)

    assert sizes[1] - sizes[0] <= carrier.size(outgoing(text))
