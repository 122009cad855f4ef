from __future__ import annotations

import json

import httpx
import pytest

from outbound.adapters.api.contract.campaign_examples import (
    CAMPAIGN,
    ESTIMATE,
    EXPORT,
    EXPORTED,
    REPORT,
)

ID = CAMPAIGN["id"]


def test_a_draft_is_made_from_a_file(api, outbound, tmp_path):
    wanted = {"name": "Winter", "audience": {"segment": "pro"}}
    (tmp_path / "winter.json").write_text(json.dumps(wanted))
    api.answer(201, CAMPAIGN)

    result = outbound("campaigns", "create", str(tmp_path / "winter.json"))

    assert (result.code, api.body(0)) == (0, wanted)
    assert ID in result.out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "line 1: isn't JSON"),
        ("[]", "must be one JSON object"),
        ("\xff", "isn't UTF-8"),
        (None, "No such file"),
    ],
)
def test_what_is_no_draft_is_named_and_nothing_is_asked(api, outbound, tmp_path, text, told):
    file = tmp_path / "winter.json"
    if text is not None:
        file.write_bytes(text.encode("latin-1"))

    result = outbound("campaigns", "create", str(file))

    assert (result.code, len(api.asked)) == (2, 0)
    assert told in result.err


@pytest.mark.parametrize("step", ["approve", "launch", "pause", "resume", "cancel"])
def test_a_campaign_is_steered(api, outbound, step):
    api.answer(200, CAMPAIGN)

    result = outbound("campaigns", step, ID)

    assert result.code == 0
    assert api.asked[0].url.path == f"/v1/campaigns/{ID}/{step}"


def test_an_estimate_says_who_would_be_left_out(api, outbound):
    api.answer(200, ESTIMATE)

    lines = outbound("campaigns", "estimate", ID).out.splitlines()

    assert any(line.split()[:1] == ["recipients"] for line in lines)
    assert ["VERDICT", "REASON", "RULE", "COUNT"] in [line.split() for line in lines]


def test_an_estimate_says_of_how_many_it_knows_no_price(api, outbound):
    api.answer(200, {**ESTIMATE, "price": {**ESTIMATE["price"], "unpriced": 7}})
    assert "of unknown price  7" in outbound("campaigns", "estimate", ID).out


def test_an_estimate_goes_on_to_its_end(api, outbound):
    api.answer(200, {**ESTIMATE, "complete": False, "recipients": 1, "next_cursor": "more"})
    api.answer(200, {**ESTIMATE, "recipients": 2, "sample": []})

    told = json.loads(outbound("campaigns", "estimate", ID, "--json").out)

    assert api.asked[1].url.params["cursor"] == "more"
    assert (told["recipients"], told["complete"]) == (2, True)
    assert told["sample"] == ESTIMATE["sample"]


def test_a_report_says_why(api, outbound):
    api.answer(200, REPORT)
    api.answer(200, REPORT)

    lines = [line.split() for line in outbound("campaigns", "report", ID).out.splitlines()]

    assert ["blocked", "no_consent", "1"] in lines
    assert outbound("campaigns", "report", ID, "--json").json()["statuses"] == REPORT["statuses"]


def test_a_report_names_what_the_database_had_lost(api, outbound):
    run = REPORT["runs"][0] | {"lost_chunks": ["rest000#000002#001"]}
    api.answer(200, REPORT | {"runs": [run]})

    assert f"lost chunks  {run['id']} rest000#000002#001" in outbound("campaigns", "report", ID).out


def test_a_campaign_is_followed_until_it_ends(api, outbound):
    api.answer(200, REPORT)
    api.answer(200, REPORT | {"statuses": {"delivered": 2}})
    api.answer(200, REPORT | {"state": "finished", "statuses": {"delivered": 2}, "reasons": []})

    result = outbound("campaigns", "watch", ID)

    lines = [line.split() for line in result.out.splitlines()]
    assert (result.code, api.waits) == (0, [2.0, 2.0])
    assert ["state", "finished"] in lines
    assert ["delivered", "2"] in lines


def test_a_page_says_that_there_are_more(api, outbound):
    api.answer(200, {"items": [CAMPAIGN], "next_cursor": "next"})

    result = outbound("campaigns", "list", "--limit", "1")

    assert result.out.splitlines()[1].startswith(ID)
    assert "--cursor next" in result.err


def test_a_run_is_exported_waited_for_and_kept(api, outbound, tmp_path):
    api.answer(202, EXPORT)
    api.answer(200, EXPORT | {"rows": 1})
    api.answer(200, EXPORTED)
    api.answers.append(httpx.Response(200, content=b"contact_id\r\n"))

    result = outbound("campaigns", "export", ID, "--to", str(tmp_path / "winter.csv"))

    assert (result.code, api.waits) == (0, [2.0, 2.0])
    assert (tmp_path / "winter.csv").read_bytes() == b"contact_id\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["winter.csv"]
    assert ["recipients", "2"] in [line.split() for line in result.out.splitlines()]


@pytest.mark.parametrize(
    ("state", "file", "told"),
    [
        (EXPORT | {"state": "failed", "reason": "file_gone"}, "winter.csv", "file_gone"),
        (EXPORT | {"state": "withdrawn", "reason": "contact_erased"}, "winter.csv", "again"),
        (EXPORTED, "nowhere/winter.csv", "No such file"),
    ],
)
def test_an_export_that_is_not_kept_replaces_nothing(api, outbound, tmp_path, state, file, told):
    (tmp_path / "winter.csv").write_text("before")
    api.answer(202, state)

    result = outbound("campaigns", "export", ID, "--to", str(tmp_path / file), "--run", "run_1")

    assert (result.code, told in result.err) == (2, True)
    assert dict(api.asked[0].url.params) == {"run_id": "run_1"}
    assert (tmp_path / "winter.csv").read_text() == "before"
