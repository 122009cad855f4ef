"""A deployed product, a carrier over HTTP, and a browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from infra.local import demo
from infra.local.carrier import Receipt, Settings
from infra.local.carrier.server import Running, serving
from infra.local.running import LocalRun
from outbound_client import OutboundClient
from tests.e2e.deployed import client_of, deployed
from tests.e2e.fuzzed import Fuzzed, Fuzzing, fuzzing
from tests.e2e.meanwhile import Meanwhile, meanwhile
from tests.e2e.receipts import Telling, begin
from tests.e2e.reminded import Reminded, remind
from tests.unit.carrier.account import SETTINGS, Clients, make_client

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test also waits for the deployment, on a machine that has much else to do."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a command finds the local run."""
    return tmp_path_factory.mktemp("run")


@dataclass(frozen=True)
class Started:
    """A deployment, and what was begun in it; what no test that runs asks for, is not."""

    run: LocalRun
    reminded: Reminded
    telling: Telling
    demo: Meanwhile[bool] | None
    fuzzing: Fuzzing | None

    def wait(self) -> None:
        """For all that goes on beside the tests, before one changes what others stand on."""
        for each in (self.demo, self.fuzzing):
            if each is not None:
                each.wait()


@pytest.fixture(scope="session")
def started(
    folder: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Started]:
    """What takes its time begins at once, and other tests are run meanwhile."""
    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    with deployed(folder / ".local") as run, ExitStack() as all_of_it:
        yield Started(
            run,
            remind(run),
            begin(run, 300, seed=300),
            all_of_it.enter_context(meanwhile(lambda: demo.run(run, Console(quiet=True))))
            if "demonstrated" in wanted
            else None,
            all_of_it.enter_context(fuzzing(run, tmp_path_factory.mktemp("fuzz")))
            if "fuzzed" in wanted
            else None,
        )


@pytest.fixture(scope="session")
def run(started: Started) -> LocalRun:
    return started.run


@pytest.fixture(scope="session")
def reminded(started: Started) -> Reminded:
    return started.reminded


@pytest.fixture(scope="session")
def telling(started: Started) -> Telling:
    return started.telling


@pytest.fixture(scope="session")
def demonstrated(started: Started) -> bool:
    """Whether all in the demo ended as expected."""
    assert started.demo is not None
    return started.demo.ended()


@pytest.fixture(scope="session")
def fuzzed(started: Started) -> Fuzzed:
    """What schemathesis says, and how often which operation was answered with what."""
    assert started.fuzzing is not None
    return started.fuzzing.ended()


@pytest.fixture(scope="session")
def client(run: LocalRun) -> Iterator[OutboundClient]:
    with client_of(run) as client:
        yield client


@pytest.fixture
def receipts() -> list[Receipt]:
    return []


@pytest.fixture
def running(receipts: list[Receipt]) -> Iterator[Running]:
    settings = Settings(**{**dict(SETTINGS), "receipt_delay": 0})
    with serving(settings=settings) as running:
        running.carrier.sink = receipts.append
        yield running


@pytest.fixture
def over_http(running: Running) -> Iterator[Clients]:
    services = ("sesv2", "pinpoint-sms-voice-v2", "sns")
    clients = [make_client(service, running.url, patience=60) for service in services]
    yield Clients(running.carrier, *clients)
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        reason = "no chromium on this machine: install Debian's package chromium"
        if "CI" in os.environ:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()
