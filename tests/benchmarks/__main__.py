"""`make bench`: what a message costs, beside two baselines of the same run."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
from moto import mock_aws

from infra.local.carrier import Carrier, Receipt, Settings, installed
from outbound.domain.words import Channel
from outbound.wiring import deliver as wiring
from outbound.wiring import process
from tests.aws import ACCOUNT, ALONE, CONFIGURATION_SET, CREDENTIALS, create_account, forget
from tests.benchmarks import baselines, campaigns, imports, receipts, rendering
from tests.benchmarks.cases import Bench, Case, clients
from tests.benchmarks.replay import Recorder, Tape, playing
from tests.benchmarks.stub import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 5
MESSAGES = 400
MEMBERS = 500
TOGETHER = 10
"""Messages that the plain pattern is brought at once."""
PAIRS = 31
HEAD = "| what | requests | write units | CPU ms | requests of a run |\n|---|---|---|---|---|"


def main() -> None:
    """Record all cases on moto and the carrier simulator; then play them, and print."""
    os.environ.update(CREDENTIALS, POWERTOOLS_LOG_LEVEL="INFO", POWERTOOLS_SERVICE_NAME="bench")
    now = datetime.now(UTC).date()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {now}"
    )
    print("per message; CPU without sockets, the median of five rounds\n")
    received: list[Receipt] = []
    settings = Settings(
        account=ACCOUNT, identities=("example.com",), configuration_sets=(CONFIGURATION_SET,)
    )
    carrier = Carrier(settings, sink=received.append)
    with mock_aws(config=ALONE), installed(carrier), silence():
        account = create_account(lambda service: boto3.client(service))  # type: ignore[call-overload]
        os.environ.update(account.variables(OUTBOUND_CHANNEL="sms"))
        forget()
        cases = list(ours(Bench(account, carrier, received)))
    print(HEAD)
    for case, tape, cpu in (*map(played, *zip(*cases, strict=True)), *theirs()):
        requests = sum(tape.requests.values()) / case.count
        written = tape.write_units / case.count
        print(f"| {case.name} | {requests:.2f} | {written:.2f} | {cpu:.2f} | {calls(tape)} |")
    without, with_http = beside_plain(cases)
    print(f"\nbulk email beside plain, in turns, median of {PAIRS} pairs: {without:.2f}")
    print(f"the same over HTTP to a server that plays the answers: {with_http:.2f}")
    print("\n| rendering of | µs | bare Jinja2, µs | ratio |\n|---|---|---|---|")
    for name, mine, bare in rendering.table():
        print(f"| {name} | {mine:.0f} | {bare:.0f} | {mine / bare:.2f} |")
    print("\n| import of | CPU ms above an empty Python |\n|---|---|")
    for name, cpu in imports.table():
        print(f"| {name} | {cpu:.0f} |")


def ours(bench: Bench) -> Iterator[tuple[Case, Tape]]:
    """Each stage of each channel, in the order of a message's way."""
    for channel in ("email", "sms", "voice"):
        yield recorded(bench.intake(channel))
        switch(channel)
        yield recorded(bench.deliver(channel))
        if channel != "sms":
            yield recorded(receipts.applied(bench, channel))
    yield recorded(bench.batch("sms"))
    for channel in (Channel.EMAIL, Channel.SMS):
        yield recorded(campaigns.expansion(bench.account, channel, MEMBERS))
        switch(channel)
        yield recorded(campaigns.chunks(bench.account, channel))
        if channel is Channel.EMAIL:
            yield from map(recorded, receipts.applied_and_counted(bench, "email of a campaign"))


def beside_plain(cases: list[tuple[Case, Tape]]) -> tuple[float, float]:
    """What part of plain's CPU bulk email takes, without HTTP and with it."""
    case, tape = next(each for each in cases if each[0].name == campaigns.BULK_EMAIL)
    answers = baselines.answers(TOGETHER)
    ses, dynamodb = new_clients()
    forget()
    switch(case.channel)
    with playing(tape, clients()), playing(answers, [ses, dynamodb]):
        without = in_turns(case, ses, dynamodb)
    with serving(tape, answers) as url, asking(url):
        forget()
        return without, in_turns(case, *new_clients())


def in_turns(case: Case, ses: Any, dynamodb: Any) -> float:
    """A case beside plain, in turns: one by one the machine's moods would decide."""
    plain = Case("plain", baselines.plain(ses, dynamodb, TOGETHER), TOGETHER)
    with silence():
        case.run()
        plain.run()
        settle()
        pairs = [spent(case, 1) / spent(plain, 5) for _ in range(PAIRS)]
    return statistics.median(pairs)


def new_clients() -> tuple[Any, Any]:
    """Clients as the SDK makes them, of SES and DynamoDB."""
    session = boto3.Session()
    return session.client("sesv2"), session.client("dynamodb")


@contextmanager
def asking(url: str) -> Iterator[None]:
    """Clients that are made meanwhile ask there."""
    os.environ["AWS_ENDPOINT_URL"] = url
    yield
    del os.environ["AWS_ENDPOINT_URL"]


def theirs() -> Iterator[tuple[Case, Tape, float]]:
    """The baselines, which have nothing to say but what they are answered."""
    for name, make, count in (
        (f"plain: email one by one, in batches of {TOGETHER}", baselines.plain, TOGETHER),
        ("floor: email in calls of 50", baselines.floor, 50),
    ):
        ses, dynamodb = new_clients()
        case = Case(name, make(ses, dynamodb, count), count)
        with silence(), playing(baselines.answers(count), [ses, dynamodb]):
            with Recorder([ses, dynamodb]) as tape:
                case.run()
            yield case, tape, cpu_ms(case)


def recorded(case: Case) -> tuple[Case, Tape]:
    """Run a case cold and then warm, as often as it can be; the last time counts."""
    forget()
    with Recorder(clients()) as tape:
        case.run()
        for _ in range(case.times or 1):
            tape.begin()
            case.run()
    return case, tape


def played(case: Case, tape: Tape) -> tuple[Case, Tape, float]:
    """CPU milliseconds for a message, answered from the tape."""
    forget()
    switch(case.channel)
    with silence(), playing(tape, clients()):
        case.run()
        settle()
        return case, tape, cpu_ms(case)


def settle() -> None:
    """Leave out of the collector's rounds what moto has made, which no function ever has."""
    gc.collect()
    gc.freeze()


def switch(channel: str) -> None:
    """Make the next deliver function that of a channel."""
    os.environ["OUTBOUND_CHANNEL"] = channel
    os.environ["OUTBOUND_EMAIL_TOGETHER"] = str(campaigns.CHUNK if channel == "email" else 0)
    process.settings.cache_clear()
    wiring.deliver.cache_clear()


def calls(tape: Tape) -> str:
    """Which requests a run makes."""
    return ", ".join(f"{count} {name}" for name, count in tape.requests.items())


def cpu_ms(case: Case) -> float:
    """CPU milliseconds for a message."""
    if case.times:
        return statistics.median(spent(case, 1) for _ in range(case.times))
    runs = max(3, MESSAGES // case.count)
    return statistics.median(spent(case, runs) for _ in range(ROUNDS))


def spent(case: Case, runs: int) -> float:
    """CPU milliseconds for a message of so many runs."""
    begun = time.process_time()
    for _ in range(runs):
        case.run()
    return (time.process_time() - begun) / runs / case.count * 1000


@contextmanager
def silence() -> Iterator[None]:
    """Logs are written, as they are in Lambda, but nobody reads them here."""
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


if __name__ == "__main__":
    main()
