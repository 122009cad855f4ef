from __future__ import annotations

from outbound.adapters.api.contract.stats import STATS

CSV = "channel,accepted\r\nsms,2\r\n"


def test_what_became_of_messages_is_shown_with_all_together(api, outbound):
    api.answer(200, STATS)

    result = outbound("stats", "--from", "2026-11-01", "--to", "2026-11-23", "--by", "channel")

    head, row, total = result.out.splitlines()
    assert head.split()[:3] == ["CHANNEL", "ACCEPTED", "SENT"]
    assert " ".join(row.split()) == "sms 1020 1004 990 26 0 1208 14.44 2.53 s 6.29 s"
    assert total.split()[1:] == row.split()[1:]
    assert dict(api.asked[0].url.params)["from"] == "2026-11-01"


def test_it_is_printed_as_json(api, outbound):
    api.answer(200, STATS)

    assert outbound("stats", "--json").json()["from"] == "2026-11-01"


def test_it_is_printed_as_csv(api, outbound):
    api.answer_text(200, CSV)

    assert outbound("stats", "--csv").out == CSV


def test_nothing_else_can_be_broken_down_by(outbound):
    assert outbound("stats", "--by", "phone").code == 2
