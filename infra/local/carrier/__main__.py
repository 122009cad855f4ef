"""Runs the carrier as a service: `python -m infra.local.carrier --port 4570`."""

import argparse
import logging
from pathlib import Path

from infra.local.carrier.rules import read_rules
from infra.local.carrier.server import serving
from infra.local.carrier.settings import Settings


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=4570)
    parser.add_argument("--settings", type=Path, help="a JSON file of settings")
    parser.add_argument("--rules", type=Path, help="a TOML or JSON file of rules")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO)
    settings = Settings()
    if options.settings:
        settings = Settings.model_validate_json(options.settings.read_bytes())
    with serving(port=options.port, settings=settings) as running:
        if options.rules:
            running.carrier.rules.replace(read_rules(options.rules).rules)
        print(f"carrier at {running.url}, outbox at {running.url}/outbox", flush=True)
        running.wait()


if __name__ == "__main__":
    main()
