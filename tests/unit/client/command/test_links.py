from __future__ import annotations

ANSWER = {"ok": True, "signs_from": "2026-11-23T18:40:00.123Z"}


def test_it_says_from_when_on_the_new_key_signs(aws, outbound):
    aws.manage("manage-1", {"command": "rotate_links"}, ANSWER)
    result = outbound("links", "rotate", "--function", "manage-1")
    assert result.code == 0
    assert "2026-11-23T18:40:00.123Z" in result.out


def test_json_is_the_time_alone(aws, outbound):
    aws.manage("manage-1", {"command": "rotate_links"}, ANSWER)
    result = outbound("links", "rotate", "--function", "manage-1", "--json")
    assert result.json() == {"signs_from": ANSWER["signs_from"]}
