"""The test email of `outbound doctor`, when its event comes back."""

import json

from outbound.adapters.receipts.envelope import from_queue


def event(**tags):
    return {
        "eventType": "Delivery",
        "mail": {
            "messageId": "1",
            "timestamp": "2026-11-23T16:40:00.000Z",
            "destination": ["success+prb-1@simulator.amazonses.com"],
            "headers": [
                {"name": "To", "value": "success+prb-1@simulator.amazonses.com"},
                {"name": "List-Unsubscribe", "value": "<https://example.com/unsubscribe>"},
                {"name": "List-Unsubscribe-Post", "value": "List-Unsubscribe=One-Click"},
            ],
            "commonHeaders": {"subject": "Test & trial prb-1"},
            "tags": {name: [value] for name, value in tags.items()},
        },
        "delivery": {"timestamp": "2026-11-23T16:40:01.000Z"},
    }


def test_it_is_written_into_the_log_and_belongs_to_nothing(caplog):
    assert from_queue(json.dumps(event(outbound_probe="prb-1"))) == (None, 0)

    (line,) = [vars(record) for record in caplog.records]
    assert line["probe"] == "prb-1"
    assert line["event"] == "Delivery"
    assert line["subject"] == "Test & trial prb-1"
    assert line["headers"] == {
        "list-unsubscribe": "<https://example.com/unsubscribe>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
    }
    assert "simulator" not in repr(line)


def test_of_other_email_nothing_is_written(caplog):
    from_queue(json.dumps(event(outbound_tenant="acme")))

    assert caplog.records == []
