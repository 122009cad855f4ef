"""A person answers a text: who answers it, what is published, and who is sent nothing then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from infra.local.carrier.account import TEXTER, Account, Phone
from infra.local.carrier.routes import answer_page
from infra.local.carrier.transport import Request
from tests.unit.carrier.account import SUCCESS, text

if TYPE_CHECKING:
    from infra.local.carrier import Receipt

TOPIC = "arn:aws:sns:us-east-1:000000000000:inbound"


@pytest.fixture
def published(aws):
    """What reaches the topic."""
    receipts: list[Receipt] = []
    aws.carrier.sink = receipts.append
    yield receipts
    aws.carrier.sink = lambda _: None


def become(aws, **changes):
    number = TEXTER.model_copy(update={"two_way": True, "two_way_topic": TOPIC, **changes})
    aws.carrier.ledger.change(lambda _: Account(phone=Phone(numbers=(number,))))


def send(aws, to=SUCCESS, **changes):
    return aws.phone.send_text_message(**text(to, **changes))["MessageId"]


def ask(aws, request):
    answer = answer_page(request, "", aws.carrier)
    assert answer is not None
    return answer


def reply(aws, message, said):
    body = json.dumps({"text": said}).encode()
    answer = ask(aws, Request("POST", f"/outbox/{message}/reply", {}, body))
    return answer.status, json.loads(answer.body)


def refused(aws):
    with pytest.raises(ClientError) as error:
        send(aws)
    told: Any = error.value.response
    return told["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


def test_a_reply_is_published_as_aws_does(aws, published):
    become(aws, own_opt_outs=True)
    message = send(aws)

    status, told = reply(aws, message, "STOP")

    [event] = [receipt for receipt in published if receipt.outcome == "INBOUND"]
    assert (status, event.route, told["answered_by"]) == (202, TOPIC, None)
    assert event.body == {
        "originationNumber": SUCCESS,
        "destinationNumber": TEXTER.number,
        "messageKeyword": "KEYWORD_000000000000",
        "messageBody": "STOP",
        "inboundMessageId": told["inbound_id"],
        "previousPublishedMessageId": message,
    }
    send(aws)


@pytest.mark.parametrize("said", ["STOP", "stop texting me", "Quit", "OPT-OUT please"])
def test_aws_answers_its_words_itself_and_sends_nothing_more(aws, published, said):
    become(aws)
    message = send(aws)

    _, told = reply(aws, message, said)

    answer = aws.carrier.outbox.items()[0]
    assert (told["answered_by"], told["topic"]) == ("aws", None)
    assert (answer.to, answer.sender, answer.text) == (
        (SUCCESS,),
        TEXTER.number,
        "You get no more messages.",
    )
    assert published == []
    assert refused(aws)


def test_where_aws_passes_its_words_on_they_are_published_too(aws, published):
    become(aws, passed_on=True)
    _, told = reply(aws, send(aws), "STOP")
    assert (told["answered_by"], told["topic"]) == ("aws", TOPIC)
    assert refused(aws)


def test_words_that_aws_does_not_know_are_published_alone(aws, published):
    become(aws)
    _, told = reply(aws, send(aws), "please stop")
    assert (told["answered_by"], told["topic"]) == (None, TOPIC)
    send(aws)


def test_a_word_that_was_added_opts_in_again(aws, published):
    become(aws)
    aws.phone.put_keyword(
        OriginationIdentity=TEXTER.id,
        Keyword="START",
        KeywordMessage="Welcome back.",
        KeywordAction="OPT_IN",
    )
    message = send(aws)
    reply(aws, message, "STOP")
    reply(aws, message, "start")
    assert aws.carrier.outbox.items()[0].text == "Welcome back."
    send(aws)


def test_of_a_toll_free_number_the_carrier_answers_words_that_stand_alone(aws, published):
    become(aws, kind="TOLL_FREE", own_opt_outs=True)
    message = send(aws)
    assert reply(aws, message, "QUIT")[1]["answered_by"] is None
    assert reply(aws, message, "stop")[1]["answered_by"] == "carrier"
    assert refused(aws)
    reply(aws, message, "UNSTOP")
    send(aws)


def test_a_number_without_two_way_messages_passes_nothing_on(aws, published):
    become(aws, two_way=False)
    assert reply(aws, send(aws), "please stop")[1]["topic"] is None


def test_a_topic_that_cannot_be_reached_is_told(aws):
    become(aws, own_opt_outs=True)

    def broken(receipt):
        if receipt.outcome == "INBOUND":
            raise ConnectionError("no topic")

    aws.carrier.sink = broken
    assert reply(aws, send(aws), "STOP")[1]["problem"] == "no topic"


def test_only_texts_of_numbers_can_be_answered(aws):
    become(aws)
    item = send(aws, OriginationIdentity="ACME")
    assert reply(aws, item, "STOP")[0] == 422
    assert reply(aws, "nothing", "STOP")[0] == 404
    assert reply(aws, send(aws), "  ")[0] == 422
    bad = Request("POST", f"/outbox/{send(aws)}/reply", {}, b"[]")
    assert ask(aws, bad).status == 422


def test_the_form_of_the_page_answers_and_shows_what_became_of_it(aws, published):
    become(aws, own_opt_outs=True)
    message = send(aws)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    sent = Request("POST", f"/outbox/{message}/reply", headers, b"text=please+stop")
    answer = ask(aws, sent)
    assert (answer.status, answer.headers["Location"]) == (303, f"/outbox/{message}")
    page = ask(aws, Request("GET", f"/outbox/{message}", {}, b""))
    assert b"please stop" in page.body
    assert TOPIC.encode() in page.body


def test_opt_outs_of_ones_own_take_two_way_messages(aws):
    become(aws, two_way=False, two_way_topic=None)
    with pytest.raises(ClientError):
        aws.phone.update_phone_number(PhoneNumberId=TEXTER.id, SelfManagedOptOutsEnabled=True)
    with pytest.raises(ClientError):
        aws.phone.update_phone_number(PhoneNumberId=TEXTER.id, OptOutListName="alerts")
    aws.phone.create_opt_out_list(OptOutListName="alerts")
    told = aws.phone.update_phone_number(
        PhoneNumberId=TEXTER.id,
        TwoWayEnabled=True,
        TwoWayChannelArn=TOPIC,
        SelfManagedOptOutsEnabled=True,
        OptOutListName="alerts",
    )
    [number] = aws.phone.describe_phone_numbers()["PhoneNumbers"]
    for described in (told, number):
        assert described["TwoWayChannelArn"] == TOPIC
        assert described["SelfManagedOptOutsEnabled"] is True
        assert described["OptOutListName"] == "alerts"
