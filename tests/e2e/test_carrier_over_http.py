import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from infra.local.carrier import Answer, Rule, Settings
from infra.local.carrier.listing import listing
from infra.local.carrier.server import serving
from tests.e2e.deployed import eventually
from tests.unit.carrier.account import (
    FAILURE,
    SUCCESS,
    TAGS,
    bulk,
    call,
    email,
    entry,
    make_client,
    simple,
    text,
)


def ask(url, *, method="GET", body=None, headers=None):
    request = urllib.request.Request(
        url, method=method, data=body and body.encode(), headers=headers or {}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, dict(response.headers), response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


def test_settings_and_rules_can_be_put(running):
    settings = {"identities": ["example.org"], "topics": {"email": "arn:e"}}
    status, _, body = ask(
        f"{running.url}/_carrier/settings", method="PUT", body=json.dumps(settings)
    )
    assert status == 200
    assert Settings.model_validate_json(body) == running.carrier.settings
    assert running.carrier.settings.identities == ("example.org",)
    rules = '[[rules]]\nanswer = {drop = "after"}\n'
    status, _, body = ask(
        f"{running.url}/_carrier/rules",
        method="PUT",
        body=rules,
        headers={"Content-Type": "application/toml"},
    )
    assert (status, json.loads(body)) == (200, {"rules": [{"answer": {"drop": "after"}}]})


@pytest.mark.parametrize("body", ["{}x", '{"unknown": 1}', '{"rules": [{"to": "*"}]}'])
def test_wrong_rules_are_refused(running, body):
    assert ask(f"{running.url}/_carrier/rules", method="PUT", body=body)[0] == 422


def test_the_outbox_is_listed_searched_and_cleared(over_http):
    over_http.ses.send_email(**email("ann@example.org"))
    over_http.ses.send_email(**email("bob@example.org"))
    base = over_http.ses.meta.endpoint_url
    items = json.loads(ask(f"{base}/outbox.json")[2])["items"]
    assert [item["to"] for item in items] == ["bob@example.org", "ann@example.org"]
    assert len(json.loads(ask(f"{base}/outbox.json?q=ANN")[2])["items"]) == 1
    assert ask(f"{base}/outbox.json", method="DELETE")[0] == 204
    assert json.loads(ask(f"{base}/outbox.json")[2])["items"] == []


def test_markup_in_a_message_is_shown_as_text(over_http):
    attack = "<script>alert(1)</script>"
    sent = over_http.sns.publish(PhoneNumber=SUCCESS, Message=attack)
    base = over_http.ses.meta.endpoint_url
    for page in ("/outbox", f"/outbox/{sent['MessageId']}", f"/outbox?q={attack[:8]}%22%3E"):
        status, headers, body = ask(base + page)
        assert status == 200
        assert attack not in body and '"><' not in body.partition('id="q"')[2][:60]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_body_of_an_email_is_served_in_a_sandbox(over_http):
    sent = over_http.ses.send_email(**email())
    base = over_http.ses.meta.endpoint_url
    status, headers, body = ask(f"{base}/outbox/{sent['MessageId']}/body.html")
    assert (status, body) == (200, "<p>It has shipped.")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("path", ["/outbox/unknown", "/outbox/unknown/body.html", "/_carrier/x"])
def test_what_is_not_there_is_404(running, path):
    assert ask(running.url + path)[0] == 404


def test_another_host_name_is_refused(running):
    assert ask(f"{running.url}/outbox", headers={"Host": "attacker.test"})[0] == 421


def test_a_body_without_length_is_refused(running):
    port = int(running.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert line.recv(64).startswith(b"HTTP/1.1 411")


def test_a_port_that_is_taken_is_an_error(running):
    with pytest.raises(OSError, match="in use"), serving(port=int(running.url.rpartition(":")[2])):
        pass


def test_receipts_are_played_by_the_clock(over_http):
    arrived = threading.Event()
    over_http.carrier.sink = lambda receipt: arrived.set()
    over_http.sns.publish(PhoneNumber=SUCCESS, Message="Hi")
    assert arrived.wait(timeout=60)


def test_calls_of_every_service_arrive_and_are_answered(over_http):
    attachment = {"RawContent": b"\x00data", "FileName": "a.bin"}
    email_id = over_http.ses.send_email(**email(Content=simple(Attachments=[attachment])))
    batch = over_http.ses.send_bulk_email(**bulk(entry("ann@example.org"), entry("nobody")))
    text_id = over_http.phone.send_text_message(**text())
    call_id = over_http.phone.send_voice_message(**call(FAILURE))
    sns_id = over_http.sns.publish(PhoneNumber=SUCCESS, Message="Grüße 👋")
    items = {item["provider_id"]: item for item in listing(over_http.carrier.outbox)["items"]}
    assert items[email_id["MessageId"]]["attachments"][0]["size"] == 5
    assert items[email_id["MessageId"]]["tags"] == TAGS
    assert [one["Status"] for one in batch["BulkEmailEntryResults"]] == [
        "SUCCESS",
        "INVALID_PARAMETER",
    ]
    assert items[text_id["MessageId"]]["message_id"] == "msg_1"
    assert items[call_id["MessageId"]]["channel"] == "voice"
    assert items[sns_id["MessageId"]]["text"] == "Grüße 👋"


def test_errors_arrive_as_modelled_exceptions(over_http):
    with pytest.raises(over_http.ses.exceptions.MessageRejected):
        over_http.ses.send_email(**email(FromEmailAddress="a@other.test"))
    with pytest.raises(over_http.phone.exceptions.ConflictException) as refused:
        over_http.phone.send_text_message(**text("+14155550199"))
    assert refused.value.response["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"
    with pytest.raises(over_http.sns.exceptions.InvalidParameterException):
        over_http.sns.publish(PhoneNumber="12ab", Message="Hi")
    with pytest.raises(over_http.sns.exceptions.InvalidParameterException):
        over_http.sns.publish(TopicArn="arn:aws:sns:us-east-1:000000000000:t", Message="Hi")


@pytest.mark.parametrize(
    ("answer", "error", "kept"),
    [
        (Answer(drop="before"), ConnectionClosedError, 0),
        (Answer(drop="after"), ConnectionClosedError, 1),
        (Answer(garbage=True), ClientError, 0),
        (Answer(error="InternalFailure"), ClientError, 0),
    ],
)
def test_the_line_does_what_the_rule_says(over_http, answer, error, kept):
    over_http.carrier.rules.replace([Rule(answer=answer)])
    with pytest.raises(error):
        over_http.ses.send_email(**email())
    assert len(over_http.carrier.outbox.items()) == kept


def test_silence_is_a_timeout_of_an_accepted_message(running):
    running.carrier.rules.replace([Rule(answer=Answer(hang=1.5))])
    with closing(make_client("sesv2", running.url)) as ses, pytest.raises(ReadTimeoutError):
        ses.send_email(**email())
    assert eventually(lambda: len(running.carrier.outbox.items()) == 1, 60)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_service_starts_with_rules_and_stops_cleanly(tmp_path, number):
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rules]]\nanswer = {drop = "after"}\n')
    command = [sys.executable, "-m", "infra.local.carrier", "--port", "0", "--rules", str(rules)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        url = service.stdout.readline().partition("outbox at ")[2].strip().removesuffix("/outbox")
        kept = ask(f"{url}/_carrier/rules")[2]
        service.send_signal(number)
        assert service.wait(timeout=60) == 0
    assert json.loads(kept) == {"rules": [{"answer": {"drop": "after"}}]}


def test_the_service_says_that_its_port_is_taken(running):
    port = running.url.rpartition(":")[2]
    command = [sys.executable, "-m", "infra.local.carrier", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 1
    assert ended.stderr.strip() == (
        f"The carrier cannot listen on port {port}: Address already in use."
    )
