from __future__ import annotations

from datetime import UTC, datetime

from outbound.adapters.api.contract.reminder_examples import BATCH_ANSWER, REMINDER


def test_a_contact_is_reminded_of_a_moment(api, client):
    api.answer(201, REMINDER)

    reminder = client.create_reminder(
        contact_id="ada",
        channel="email",
        purpose="informational",
        template={"id": "appointment"},
        at=datetime(2027, 1, 11, 14, 30, tzinfo=UTC),
        offsets=["-P1D", "-PT1H"],
        idempotency_key="visit-4711",
    )

    assert reminder.next_at == datetime(2027, 1, 10, 14, 30, tzinfo=UTC)
    assert [each.key for each in reminder.messages] == ["-P1D", "-PT1H"]
    assert api.body(0)["at"] == "2027-01-11T14:30:00.000Z"
    assert api.asked[0].headers["Idempotency-Key"] == "visit-4711"


def test_many_are_made_and_each_says_what_became_of_it(api, client):
    api.answer(200, BATCH_ANSWER)

    made, refused = client.create_reminders(
        [
            {"contact_id": "ada", "channel": "sms", "purpose": "informational"},
            {
                "contact_id": "ada",
                "channel": "sms",
                "purpose": "informational",
                "client_token": "visit-77",
            },
        ]
    )

    assert made.reminder.id == REMINDER["id"]
    assert refused.problem.code == "missing_variable"
    assert [each.get("client_token") for each in api.body(0)["reminders"]] == [None, "visit-77"]


def test_a_reminder_is_changed_and_what_is_none_taken_away(api, client):
    api.answer(200, REMINDER)

    client.change_reminder("rem_1", at="2027-01-12T09:30", calendar=None)

    assert api.body(0) == {"at": "2027-01-12T09:30", "calendar": None}
    assert (api.asked[0].method, api.asked[0].url.path[-19:]) == ("PATCH", "/v1/reminders/rem_1")


def test_it_is_looked_at_paused_resumed_and_cancelled(api, client):
    for _ in range(4):
        api.answer(200, REMINDER)

    for call in (
        client.get_reminder,
        client.pause_reminder,
        client.resume_reminder,
        client.cancel_reminder,
    ):
        assert call("rem_1").id == REMINDER["id"]
    assert [each.method for each in api.asked] == ["GET", "POST", "POST", "DELETE"]


def test_all_of_a_contact_are_read_page_by_page(api, client):
    api.answer(200, {"items": [REMINDER], "next_cursor": "abc"})
    api.answer(200, {"items": [REMINDER], "next_cursor": None})

    assert len(list(client.iterate_reminders("ada"))) == 2
    assert dict(api.asked[1].url.params) == {"contact_id": "ada", "cursor": "abc"}
