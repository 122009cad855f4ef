"""Runs the carrier as a service: `python -m infra.local.carrier --port 4570`."""

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from infra.local.carrier.rules import read_rules
from infra.local.carrier.server import serving
from infra.local.carrier.settings import Settings


def main() -> None:
    """Serve until interrupted or terminated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=4570)
    parser.add_argument("--settings", type=Path, help="a JSON file of settings")
    parser.add_argument("--rules", type=Path, help="a TOML or JSON file of rules")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    settings = Settings()
    if options.settings:
        settings = Settings.model_validate_json(options.settings.read_bytes())
    rules = read_rules(options.rules).rules if options.rules else ()
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    try:
        with serving(port=options.port, settings=settings) as running:
            running.carrier.rules.replace(rules)
            print(f"carrier at {running.url}, outbox at {running.url}/outbox", flush=True)
            stopped.wait()
    except OSError as taken:
        sys.exit(f"The carrier cannot listen on port {options.port}: {taken.strerror}.")


if __name__ == "__main__":
    main()
