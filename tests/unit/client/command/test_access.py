from __future__ import annotations

import json

import pytest

from tests.unit.client.conftest import MESSAGE

GET = ("messages", "get", "msg_1")
LOCAL = {"url": "http://127.0.0.1:4566/_aws/execute-api/a", "api_key": "ob_test_local"}


@pytest.fixture
def local_run(tmp_path):
    (tmp_path / ".local").mkdir()
    file = tmp_path / ".local/outbound.json"
    file.write_text(json.dumps(LOCAL | {"outbox_url": "http://127.0.0.1:4570/outbox"}))
    return file


def test_options_win_over_the_environment(api, outbound):
    api.answer(200, MESSAGE)

    outbound(*GET, "--url", "https://other.example.com", "--api-key", "ob_live_other")

    assert api.asked[0].url.host == "other.example.com"
    assert api.asked[0].headers["Authorization"] == "Bearer ob_live_other"


def test_a_local_run_is_used_when_nothing_else_is_said(api, outbound, local_run):
    api.answer(200, MESSAGE)

    result = outbound(*GET, environment={})

    assert result.code == 0
    assert api.asked[0].headers["Authorization"] == "Bearer ob_test_local"
    assert "using the local run at http://127.0.0.1:4566" in result.err
    assert "local run" not in result.out


@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"OUTBOUND_URL": "https://api.example.com"}, "OUTBOUND_API_KEY"),
        ({"OUTBOUND_API_KEY": "ob_live_x"}, "OUTBOUND_URL"),
    ],
)
def test_a_local_run_never_fills_up_a_half(api, outbound, local_run, environment, hint):
    result = outbound(*GET, environment=environment)

    assert result.code == 2
    assert hint in result.err
    assert api.asked == []


def test_without_any_the_ways_to_say_it_are_told(outbound):
    result = outbound(*GET, environment={})

    assert result.code == 2
    assert "OUTBOUND_URL" in result.err
    assert ".local/outbound.json" in result.err


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"url": "http://x"}'])
def test_a_broken_local_file_is_told(outbound, local_run, content):
    local_run.write_text(content)

    result = outbound(*GET, environment={})

    assert result.code == 2
    assert "start the local run again" in result.err


@pytest.mark.parametrize("arguments", [(), ("messages",), ("unknown",), ("keys", "create")])
def test_incomplete_commands_are_wrong_usage(outbound, arguments):
    result = outbound(*arguments)

    assert result.code == 2
    assert result.err.startswith("usage: outbound")


def test_help_tells_the_commands_and_the_exit_codes(outbound):
    result = outbound("--help")

    assert result.code == 0
    assert "exit codes" in result.out
    assert all(name in result.out for name in ("send", "messages", "templates", "keys"))
