from __future__ import annotations

import json

import pytest

SIGNED = {
    "evidence": {"message": {"id": "msg_1"}, "made_at": "2026-11-23T16:40:00.123Z"},
    "jws": "a.b.c",
}


def test_evidence_is_printed_whole_and_verified_from_the_file(api, outbound, tmp_path):
    api.answer(200, SIGNED)
    api.answer(200, {"valid": True, "evidence": SIGNED["evidence"]})
    kept = outbound("evidence", "get", "msg_1")
    file = tmp_path / "evidence.json"
    file.write_text(kept.out)

    verified = outbound("evidence", "verify", str(file))

    assert json.loads(kept.out) == SIGNED
    assert api.asked[0].url.path == "/v1/messages/msg_1/evidence"
    assert (verified.code, api.body(1)) == (0, {"jws": "a.b.c"})
    assert "msg_1" in verified.out


def test_what_was_changed_is_refused(api, outbound, tmp_path):
    api.answer(200, {"valid": False, "evidence": None})
    file = tmp_path / "evidence.json"
    file.write_text(json.dumps(SIGNED))

    result = outbound("evidence", "verify", str(file))

    assert result.code == 1
    assert "not as it was signed" in result.err


@pytest.mark.parametrize("text", ["", "{}", "[]", "what?"])
def test_a_file_without_evidence_is_named(outbound, tmp_path, text):
    file = tmp_path / "evidence.json"
    file.write_text(text)

    result = outbound("evidence", "verify", str(file))

    assert result.code == 2
    assert "evidence.json holds no evidence" in result.err
