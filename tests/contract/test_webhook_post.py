"""Requests to webhooks over real connections: pinned, bounded, and nowhere but where they may."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from outbound.adapters.webhooks.post import HttpPost
from outbound.domain.webhook import headers_of
from outbound.ports import Posted
from tests.builders import make_delivery, make_webhook
from tests.systems import taking_events

LOCAL = HttpPost(locally=True, seconds=60)
HASTY = HttpPost(locally=True, seconds=0.5)


@pytest.fixture
def system():
    with taking_events() as system:
        yield system


@contextmanager
def answering(*parts: bytes, wait: float = 0):
    """A server that isn't one: it takes a connection, hears something, says this, and waits."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            taken, _ = listening.accept()
            with taken:
                for part in parts:
                    try:
                        taken.sendall(part)
                    except OSError:
                        return
                    if done.wait(wait):
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        done.set()
        thread.join()


def test_what_arrives_verifies_by_the_librarys_own_verifier(system):
    webhook, delivery = make_webhook(), make_delivery()
    headers = headers_of(webhook, delivery, datetime.now(UTC))
    posted = LOCAL.post(f"{system.url}/", headers, delivery.body)
    [(_, received, body)] = system.asked

    assert posted == Posted(204)
    assert Verifier(webhook.secrets[0].value).verify(body, received) == json.loads(delivery.body)
    assert received["Host"] == system.url.removeprefix("http://")


@pytest.mark.parametrize("status", [200, 301, 307, 404, 410, 500])
def test_the_status_is_told_and_no_redirect_followed(system, status):
    assert LOCAL.post(f"{system.url}/{status}?a=b", {}, "{}").status == status
    assert [path for path, _, _ in system.asked] == [f"/{status}?a=b"]


def test_who_asks_for_time_is_given_it(system):
    assert LOCAL.post(f"{system.url}/503", {}, "{}") == Posted(503, None, timedelta(minutes=2))


def test_a_name_that_stands_for_an_address_inside_is_refused_before_anybody_is_asked(system):
    inside = [["127.0.0.1"], ["169.254.169.254"], ["8.8.8.8", "10.0.0.1"], ["::ffff:7f00:1"]]
    for found in inside:
        post = HttpPost(resolve=lambda *_, found=found: found)
        assert post.post("https://shop.example.com/", {}, "{}") == Posted(None, "not_public")
    assert system.asked == []


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(system):
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    post = HttpPost(locally=True, resolve=lambda *_: next(answers))
    port = system.url.rpartition(":")[2]

    assert post.post(f"http://shop.example.com:{port}/", {}, "{}") == Posted(204)
    [(_, headers, _)] = system.asked
    assert headers["Host"] == f"shop.example.com:{port}"


def test_only_a_local_run_asks_without_tls(system):
    assert HttpPost().post(f"{system.url}/", {}, "{}") == Posted(None, "not_https")
    assert system.asked == []


def test_who_hangs_is_cut_off():
    with answering(b"", wait=60) as port:
        assert HASTY.post(f"http://localhost:{port}/", {}, "{}") == Posted(None, "timeout")


def test_who_answers_a_byte_now_and_then_is_cut_off():
    with answering(*[b"H"] * 600, wait=0.1) as port:
        assert HASTY.post(f"http://localhost:{port}/", {}, "{}") == Posted(None, "timeout")


@pytest.mark.parametrize("said", [b"", b"SSH-2.0\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200])
def test_what_is_no_answer_is_a_failure(said):
    with answering(said) as port:
        assert LOCAL.post(f"http://localhost:{port}/", {}, "{}").failure == "connection"


def test_who_speaks_no_tls_is_a_failure():
    with answering(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        assert LOCAL.post(f"https://localhost:{port}/", {}, "{}") == Posted(None, "tls")


def test_nobody_there_and_no_such_name_are_failures():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert LOCAL.post(f"http://localhost:{port}/", {}, "{}") == Posted(None, "connection")

    def unknown(*_: object) -> list[str]:
        raise socket.gaierror

    post = HttpPost(resolve=unknown)
    assert post.post("https://shop.example.com/", {}, "{}") == Posted(None, "unknown_host")
