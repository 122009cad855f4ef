"""The whole API under requests that schemathesis makes up from its document."""

from collections import Counter

from rich.console import Console
from rich.table import Table

FEWEST = 2000
MUST_BE_ACCEPTED = {
    "sendMessage": {"200", "202"},
    "sendMessages": {"200"},
    "getMessage": {"200"},
    "cancelMessage": {"200"},
    "putTemplate": {"200", "201"},
    "announceMedia": {"201"},
    "createKey": {"201"},
    "rotateKey": {"201"},
}


def test_no_made_up_request_meets_a_server_error_or_an_answer_that_is_not_described(fuzzed, capsys):
    answered = fuzzed.answered
    with capsys.disabled():
        Console(width=100).print(table_of(answered))
    assert fuzzed.clean, fuzzed.printed
    assert answered.total() >= FEWEST
    assert not [row for row in answered if int(row[2]) >= 500]
    accepted = {(name, status) for name, mode, status in answered if mode == "positive"}
    wanted = {(name, status) for name, each in MUST_BE_ACCEPTED.items() for status in each}
    assert wanted <= accepted


def table_of(answered: Counter[tuple[str, str, str]]) -> Table:
    table = Table("operation", "right requests", "wrong requests")
    for name in sorted({row[0] for row in answered}):
        cells = [
            ", ".join(
                f"{count} x {status}"
                for (each, of, status), count in sorted(answered.items())
                if (each, of) == (name, mode)
            )
            for mode in ("positive", "negative")
        ]
        table.add_row(name, *cells)
    table.add_section()
    table.add_row(f"{answered.total():,} requests")
    return table
