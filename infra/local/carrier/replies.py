"""A person answers a text: AWS or a carrier answers its own words, and the rest is published.

https://docs.aws.amazon.com/sms-voice/latest/userguide/opt-out-list-self-managed.html
https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from infra.local.carrier.account import Account, Ledger, Number, OptedOut
from infra.local.carrier.operations.account_phone import answer_to
from infra.local.carrier.outbox import Item, Outbox, Reply
from infra.local.carrier.parse import END_USER_MESSAGING
from infra.local.carrier.receipts import Receipt
from infra.local.carrier.sinks import Sink

logger = logging.getLogger(__name__)
OF_CARRIERS = {"STOP": "OPT_OUT", "START": "OPT_IN", "UNSTOP": "OPT_IN"}
"""Words that the carriers of US toll-free numbers answer: only such as stand alone."""
NETWORK = "NETWORK MSG: You replied with the word {}."


class NoReply(Exception):
    """Nobody can answer this message."""


def reply(
    item: Item,
    text: str,
    *,
    ledger: Ledger,
    outbox: Outbox,
    sink: Sink,
    now: Callable[[], datetime],
    new_id: Callable[[], str],
) -> Reply:
    """Send a text back to the number that a text came from."""
    number = _number_of(item, ledger.account)
    if item.channel != "sms" or number is None or not text.strip():
        raise NoReply
    said = Reply(new_id(), text, item.to[0], number.number, now(), None, None)
    word = _word(number, text)
    if word is not None:
        answerer, action, answer = word
        said = replace(said, answered_by=answerer)
        _listed(number, said, action, ledger)
        outbox.add(_answer(said, answer, new_id()))
    heard = word is None or number.passed_on
    if number.two_way and number.two_way_topic and heard:
        said = replace(said, topic=number.two_way_topic)
        said = replace(said, problem=_publish(item, said, sink))
    outbox.reply(item.provider_id, said)
    return said


def _number_of(item: Item, account: Account) -> Number | None:
    """The number that a text left from; the first that can, where AWS has chosen."""
    able = [one for one in account.phone.numbers if "SMS" in one.capabilities]
    if item.sender is None:
        return next(iter(able), None)
    names = item.sender.rpartition("/")[2]
    return next((one for one in able if names in (one.number, one.id, one.pool)), None)


def _word(number: Number, text: str) -> tuple[str, str, str] | None:
    """Who answers this text instead of us, what it does, and what is answered."""
    said = text.strip().upper()
    if number.kind == "TOLL_FREE":
        action = OF_CARRIERS.get(said)
        return ("carrier", action, NETWORK.format(said)) if action else None
    if number.own_opt_outs:
        return None
    for word, action in sorted(number.keywords.items(), key=lambda one: -len(one[0])):
        if said.startswith(word):
            return "aws", action, answer_to(number, word)
    return None


def _listed(number: Number, said: Reply, action: str, ledger: Ledger) -> None:
    def changed(account: Account) -> Account:
        phone, name = account.phone, number.opt_out_list
        listed = dict(phone.opted_out.get(name, {}))
        if action == "OPT_OUT":
            listed[said.sender] = OptedOut(at=said.at, by_its_owner=True)
        else:
            listed.pop(said.sender, None)
        update = {"opted_out": phone.opted_out | {name: listed}}
        return account.model_copy(update={"phone": phone.model_copy(update=update)})

    if action in ("OPT_OUT", "OPT_IN"):
        ledger.change(changed)


def _answer(said: Reply, text: str, provider_id: str) -> Item:
    return Item(
        provider_id=provider_id,
        service=END_USER_MESSAGING,
        operation="KeywordResponse",
        channel="sms",
        to=(said.sender,),
        sender=said.to,
        at=said.at,
        text=text,
    )


def _publish(item: Item, said: Reply, sink: Sink) -> str | None:
    """Publish what was said; why it did not arrive, if so."""
    body: dict[str, Any] = {
        "originationNumber": said.sender,
        "destinationNumber": said.to,
        "messageKeyword": "KEYWORD_000000000000",
        "messageBody": said.text,
        "inboundMessageId": said.inbound_id,
        "previousPublishedMessageId": item.provider_id,
    }
    try:
        sink(Receipt(item.provider_id, "INBOUND", said.topic or "", body))
    except Exception as failed:
        logger.exception("a reply could not be delivered")
        return str(failed)
    return None
