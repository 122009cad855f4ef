"""What `make bench-campaign` judges by: who is accounted for, and which events come twice."""

import csv
import io
import json
import os
import random
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.benchmarks.killed import witness
from tests.benchmarks.killed.accounting import Email, Row, Told, faults
from tests.benchmarks.killed.asked import Asked
from tests.benchmarks.killed.people import CONSENTS, PLACES, Person, file_of, people

SUBJECTS = {"en": "A tenth off", "fr": "Dix pour cent"}
ANN = Person("ann", "ann@example.org", "GB", "Europe/London", "en-GB", "granted", True, False)
BEA = Person("bea", "bounce@example.org", "FR", "Europe/Paris", "fr-FR", "granted", True, True)
CEM = Person("cem", "cem@example.org", "FR", "Europe/Paris", "fr-FR", "revoked", False, False)
PEOPLE = (ANN, BEA, CEM)
TO_ANN, TO_BEA = Email(ANN.email, "A tenth off"), Email(BEA.email, "Dix pour cent")
ROWS = (Row("ann", "delivered"), Row("bea", "bounced"), Row("cem", "blocked"))
COUNTS = {"delivered": 1, "bounced": 1, "blocked": 1}
RIGHT = Told((TO_ANN, TO_BEA), ROWS, "finished", 3, COUNTS)
DOUBTED = {"unconfirmed": 1, "bounced": 1, "blocked": 1}
IN_DOUBT = replace(
    RIGHT, emails=(TO_BEA,), rows=(Row("ann", "unconfirmed"), *ROWS[1:]), statuses=DOUBTED
)


def test_all_are_accounted_for_where_outbox_export_and_report_say_the_same():
    assert faults(PEOPLE, SUBJECTS, RIGHT, 0) == []


def test_who_was_in_a_killed_call_may_have_no_email_and_nobody_else():
    assert faults(PEOPLE, SUBJECTS, IN_DOUBT, 1) == []
    assert faults(PEOPLE, SUBJECTS, IN_DOUBT, 0) == ["1 are in doubt, of 0 who can be"]


def test_who_was_in_a_killed_call_and_is_tried_again_may_have_two_and_nobody_else():
    twice = replace(RIGHT, emails=(TO_ANN, TO_ANN, TO_BEA))

    assert faults(PEOPLE, SUBJECTS, twice, 1, again=True) == []
    assert faults(PEOPLE, SUBJECTS, twice, 0, again=True) == ["1 are in doubt, of 0 who can be"]
    assert faults(PEOPLE, SUBJECTS, IN_DOUBT, 1, again=True) == ["ann: 0 emails, consent granted"]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (replace(RIGHT, emails=(TO_ANN, TO_ANN, TO_BEA)), "ann: 2 emails, consent granted"),
        (replace(RIGHT, emails=(TO_BEA,)), "ann: ['delivered'] in the export, unconfirmed by"),
        (replace(IN_DOUBT, emails=(TO_ANN, TO_BEA)), "ann: ['unconfirmed'] in the export"),
        (replace(RIGHT, emails=(*RIGHT.emails, Email(CEM.email, "x"))), "cem: 1 emails"),
        (replace(RIGHT, emails=(Email(ANN.email, "Dix pour cent"), TO_BEA)), "ann: not in en"),
        (replace(RIGHT, emails=(*RIGHT.emails, Email("x", "x"))), "1 emails to somebody who"),
        (replace(RIGHT, rows=(*ROWS, ROWS[0])), "ann: ['delivered', 'delivered'] in the export"),
        (replace(RIGHT, rows=ROWS[1:]), "ann: [] in the export"),
        (replace(RIGHT, rows=(*ROWS, Row("dan", "delivered"))), "a row of somebody who isn't"),
        (replace(RIGHT, state="paused"), "the campaign is paused"),
        (replace(RIGHT, recipients=4), "3 contacts, 4 recipients, 3 in the report"),
        (replace(RIGHT, statuses={"delivered": 2, "blocked": 1}), "the report says"),
    ],
)
def test_whatever_does_not_match_is_named(told, fault):
    assert any(each.startswith(fault) for each in faults(PEOPLE, SUBJECTS, told, 1))


def test_the_same_people_come_of_the_same_seed_in_all_places_and_consents():
    made = people(500, 6, "marketing")

    assert made == people(500, 6, "marketing") != people(500, 7, "marketing")
    assert {each.region for each in made} == {region for region, _, _ in PLACES}
    assert {each.consent for each in made} == {*CONSENTS}
    assert 0 < sum(each.bounces for each in made) < 0.05 * len(made)


def test_who_was_never_asked_is_written_to_only_where_no_consent_is_needed():
    def may(purpose: str) -> set[str]:
        return {each.consent for each in people(500, 6, purpose) if each.eligible}

    assert may("marketing") == {"granted"}
    assert may("informational") == {"granted", "never asked"}


def test_the_file_has_what_each_has_consented_to():
    rows = csv.DictReader(io.StringIO(file_of(PEOPLE, "informational").decode()))

    read = [(row["id"], row["consents.email.informational.status"]) for row in rows]
    assert read == [("ann", "granted"), ("bea", "granted"), ("cem", "revoked")]


def asked(records: list[dict[str, str]] | None) -> Asked:
    event = {} if records is None else {"Records": records}
    return Asked("1", "Deliver", 7, False, event)


def test_of_a_queue_some_come_again_and_of_a_stream_the_batch_as_it_was():
    chance = random.Random(1)
    queued = [{"body": "{}", "eventSourceARN": f"arn:LanesEmailBulk:{n}"} for n in range(200)]
    changes = [{"dynamodb": "{}", "eventSourceARN": "arn:stream"}] * 9

    event, count = asked(queued).some(chance)
    assert len(event["Records"]) == count
    assert 50 < count < 150
    drawn = [asked(changes).some(chance) for _ in range(40)]
    assert all(event == {"Records": changes} for event, _ in drawn)
    assert {count for _, count in drawn} == {0, 1}
    assert asked(None).some(chance)[0] == {}


def test_it_is_known_what_a_worker_is_busy_with():
    chunk = json.dumps({"tenant": "demo", "campaign": "c", "id": "r", "chunk": "1"})
    shard = json.dumps({"tenant": "demo", "task": "expand", "id": "c#r#rest#0"})
    delivering = asked([{"body": chunk, "eventSourceARN": "arn:aws:sqs:LanesEmailBulkA1"}])
    expanding = asked([{"body": shard, "eventSourceARN": "arn:aws:sqs:ExpandQueueB2"}])

    assert (delivering.source, delivering.delivers, delivering.expands) == ("chunks", True, False)
    assert (expanding.source, expanding.delivers, expanding.expands) == ("tasks", False, True)
    assert asked(None).source == "clock"


def test_the_witness_notes_what_is_asked_until_it_is_done(tmp_path, monkeypatch):
    monkeypatch.setenv("WITNESSED", f"{__name__}.busy")
    monkeypatch.setenv("WITNESS_FOLDER", str(tmp_path))
    context = SimpleNamespace(aws_request_id="a1", function_name="Deliver", folder=tmp_path)

    noted = witness.handler({"Records": [], witness.AGAIN: True}, context)

    assert Asked(**noted) == Asked("a1", "Deliver", os.getpid(), True, {"Records": []})
    assert [path.name for path in tmp_path.iterdir()] == ["a1.done"]


def busy(event, context):
    """A handler that looks what is noted of it."""
    assert event == {"Records": []}
    return json.loads((context.folder / "a1.json").read_text())
