"""A process that does one stage once, and dies where it is told: `worker STAGE NOW STEP INPUT`."""

from __future__ import annotations

import json
import sys
from datetime import datetime

from outbound.adapters.receipts.envelope import from_queue
from outbound.adapters.sqs import ref_of
from outbound.flow.deliver import deliver
from outbound.flow.feedback import receive
from outbound.flow.intake import accept
from outbound.flow.schedule import sweep
from tests.faults.requests import request_of
from tests.faults.stage import build


def main(stage: str, now: str, step: str, given: str) -> None:
    ports = build(stage, datetime.fromisoformat(now), dies=step or None)
    if stage == "intake":
        request, key = request_of(json.loads(given))
        accept(request, key, ports)
    elif stage == "deliver":
        deliver(ref_of(given), ports)
    elif stage == "feedback":
        receipt, tries = from_queue(given)
        assert receipt is not None
        receive(receipt, ports, tries=tries)
    else:
        sweep(ports)


if __name__ == "__main__":
    main(*sys.argv[1:])
