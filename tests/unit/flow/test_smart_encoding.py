"""Smart encoding on the way: measured, answered and sent alike."""

from __future__ import annotations

from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.flow.deliver import deliver
from outbound.flow.intake import accept, rehearse
from tests.builders import make_key, make_request, ref_of

CONTENT = Content(Channel.SMS, {"text": "It\u2019s {{ order }} \u2013 thanks"}, smart_encoding=True)


def test_what_is_measured_is_what_leaves(world):
    request = make_request(content=CONTENT, data={"order": "\u201cA-77\u201d"})
    assert rehearse(request, make_key(), world.intake).bodies["text"] == 'It\'s "A-77" - thanks'

    message = accept(request, make_key(), world.intake).message
    deliver(ref_of(message), world.deliver)

    assert (message.sms, message.smart_encoding) == (("GSM-7", 1), True)
    assert world.carrier.sent[0].bodies["text"] == 'It\'s "A-77" - thanks'


def test_nobody_is_changed_who_did_not_ask(world):
    content = Content(Channel.SMS, CONTENT.bodies)
    rehearsed = rehearse(make_request(content=content), make_key(), world.intake)
    assert rehearsed.message.sms == ("UTF-16", 1)
    assert rehearsed.bodies["text"].startswith("It\u2019s")
