from __future__ import annotations

import gzip
import json

import httpx
import pytest

from tests.unit.client.conftest import UPLOAD
from tests.unit.client.test_segments_and_imports import IMPORT, RUNNING

FINISHED = {
    **RUNNING,
    "state": "finished",
    "rows": {"created": 7, "changed": 2, "unchanged": 1, "refused": 1},
    "reported": 1,
    "ignored_columns": ["Remark"],
    "report": "https://bucket/report.csv",
}


def answer(api, *looks):
    api.answer(201, {**IMPORT, "upload": UPLOAD})
    api.answers.append(httpx.Response(204))
    api.answer(202, RUNNING)
    for each in looks:
        api.answer(200, each)


@pytest.fixture
def contacts(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("id,Tel\nada,+14155550123\n")
    return path


def test_a_file_is_imported_and_told_when_it_is_done(api, outbound, contacts):
    answer(api, RUNNING, FINISHED)

    result = outbound("import", str(contacts), "--column", "Tel=phone", "--set", "region=US-FL")

    assert result.code == 0
    assert api.body(0) == {
        "format": "csv",
        "source": "outbound",
        "columns": {"Tel": "phone"},
        "constants": {"region": "US-FL"},
    }
    assert "created    7" in result.out
    assert "https://bucket/report.csv" in result.out
    assert "running" in result.err


def test_a_file_of_appointments_is_imported_as_reminders(api, outbound, contacts):
    answer(api, {**FINISHED, "type": "reminders"})
    result = outbound(
        *("import", str(contacts), "--type", "reminders"),
        *("--set", "channel=sms", "--set", "offsets=-P1D"),
    )
    assert result.code == 0
    assert api.body(0) == {
        "type": "reminders",
        "format": "csv",
        "constants": {"channel": "sms", "offsets": "-P1D"},
    }
    assert outbound("import", str(contacts), "--type", "reminders", "--from", "pinpoint").code == 2


def test_the_format_is_told_by_the_file(api, outbound, tmp_path):
    answer(api)
    path = tmp_path / "export.gz"
    path.write_bytes(gzip.compress(b'{"ChannelType": "SMS"}\n'))

    assert outbound("import", str(path), "--from", "pinpoint", "--no-wait").code == 0
    assert api.body(0) == {"format": "ndjson", "source": "pinpoint"}


def test_saved_templates_are_stored_and_the_rest_is_named(api, outbound, tmp_path):
    template, campaign = tmp_path / "shipped.json", tmp_path / "campaign.json"
    body = {"TemplateName": "Shipped", "Body": "Hi {{Attributes.Name}}"}
    template.write_text(json.dumps({"SMSTemplateResponse": body}))
    campaign.write_text(json.dumps({"CampaignResponse": {"Name": "Spring"}}))
    api.answer(
        201,
        {
            "id": "shipped",
            "version": 1,
            "purpose": "transactional",
            "channels": {"sms": {"text": "Hi {{ contact.attributes.Name }}"}},
            "created_at": "2026-11-23T16:40:00.123Z",
        },
    )

    result = outbound(
        "import", str(template), str(campaign), "--from", "pinpoint", "--purpose", "transactional"
    )

    assert result.code == 0
    assert api.body(0)["channels"] == {"sms": {"text": "Hi {{ contact.attributes.Name }}"}}
    assert "template Shipped: stored as shipped, version 1" in result.out
    assert "not carried: campaign Spring" in result.out


def test_a_template_that_is_refused_holds_up_no_other(api, outbound, tmp_path):
    for name in ("one", "two"):
        saved = {"SMSTemplateResponse": {"TemplateName": name, "Body": "Hi"}}
        (tmp_path / f"{name}.json").write_text(json.dumps(saved))
    (tmp_path / "x.json").write_text(json.dumps({"SegmentResponse": {"Name": "Old"}}))
    why = {"pointer": "/channels/sms", "code": "sms.opt-out", "message": "It has no STOP."}
    api.answer(
        422, {"status": 422, "code": "broken_rule", "detail": "It breaks a rule.", "errors": [why]}
    )
    api.answer(
        201,
        {
            "id": "two",
            "version": 1,
            "purpose": "marketing",
            "channels": {"sms": {"text": "Hi"}},
            "created_at": "2026-11-23T16:40:00.123Z",
        },
    )
    files = [str(tmp_path / f"{name}.json") for name in ("one", "two", "x")]

    result = outbound("import", *files, "--from", "pinpoint", "--purpose", "marketing")

    assert result.code == 2
    assert "template two: stored" in result.out
    assert (
        "not carried: template one: It breaks a rule. /channels/sms: It has no STOP." in result.out
    )
    assert "not carried: segment Old" in result.out
    assert "1 of 2 templates" in result.err


def test_templates_need_a_purpose(api, outbound, tmp_path):
    path = tmp_path / "shipped.json"
    path.write_text(json.dumps({"SMSTemplateResponse": {"TemplateName": "x", "Body": "Hi"}}))
    result = outbound("import", str(path), "--from", "pinpoint")
    assert result.code == 2
    assert "--purpose" in result.err


def test_what_fails_is_a_failure_with_its_reason(api, outbound, contacts):
    answer(api, {**RUNNING, "state": "failed", "reason": "no_contact_column"})
    result = outbound("import", str(contacts))
    assert result.code == 2
    assert "no_contact_column" in result.err


def test_a_file_that_is_not_there_and_a_pair_that_is_none_are_told(api, outbound, contacts):
    assert outbound("import", "nowhere.csv").code == 2
    assert outbound("import", str(contacts), "--set", "region").code == 2


def test_imports_are_listed_shown_and_cancelled(api, outbound):
    api.answer(200, {"items": [RUNNING], "next_cursor": "more"})
    api.answer(200, FINISHED)
    api.answer(200, {**RUNNING, "state": "cancelled"})

    listed = outbound("imports", "list", "--limit", "1")

    assert RUNNING["id"] in listed.out
    assert "--cursor more" in listed.err
    assert "https://bucket/report.csv" in outbound("imports", "get", "imp_1").out
    assert "cancelled" in outbound("imports", "cancel", "imp_1").out
