"""Where receipts go: topics and log groups of the emulator."""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import boto3

from infra.local.carrier.receipts import Receipt
from infra.local.carrier.settings import Settings

Sink = Callable[[Receipt], None]
BETWEEN_WRITES = 2
"""Seconds. CloudWatch Logs hands on many lines at once; the emulator hands on each write by itself,
and starts a worker for each that meets no free one."""
logger = logging.getLogger(__name__)


def nowhere(_: Receipt) -> None:
    """Let receipts pass; the outbox still keeps them."""


class EmulatorSink:
    """Publishes SES and End User Messaging events to topics, and writes SNS's delivery logs."""

    def __init__(
        self, settings: Callable[[], Settings], *, between_writes: float = BETWEEN_WRITES
    ) -> None:
        self._settings = settings
        self._between_writes = between_writes
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, str], Any] = {}
        self._streams: dict[str, str] = {}
        self._lines: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, receipt: Receipt) -> None:
        """Deliver one receipt; without a place for it, it is lost as on AWS."""
        settings = self._settings()
        topics = {"email": settings.topics.email, "phone": settings.topics.phone}
        topic = receipt.route if receipt.route.startswith("arn:") else topics.get(receipt.route)
        group = {
            "success": settings.log_groups.success,
            "failure": settings.log_groups.failure,
        }.get(receipt.route)
        if settings.endpoint is None:
            return
        with self._lock:
            if topic:
                self._client("sns", settings).publish(
                    TopicArn=topic, Message=json.dumps(receipt.body)
                )
            elif group:
                self._note(group, json.dumps(receipt.body))

    def _note(self, group: str, line: str) -> None:
        noted = {"timestamp": int(time.time() * 1000), "message": line}
        if group in self._lines:
            self._lines[group].append(noted)
            return
        self._lines[group] = [noted]
        threading.Thread(target=self._write_all, args=(group,), daemon=True).start()

    def _write_all(self, group: str) -> None:
        while True:
            with self._lock:
                lines, self._lines[group] = self._lines[group], []
                if not lines:
                    del self._lines[group]
                    return
                try:
                    self._write(group, lines, self._settings())
                except Exception:
                    logger.exception("%d receipts could not be delivered", len(lines))
            time.sleep(self._between_writes)

    def _write(self, group: str, lines: list[dict[str, Any]], settings: Settings) -> None:
        logs = self._client("logs", settings)
        place = f"{settings.endpoint} {group}"
        if place not in self._streams:
            stream = str(uuid4())
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
            self._streams[place] = stream
        logs.put_log_events(
            logGroupName=group,
            logStreamName=self._streams[place],
            logEvents=lines,
        )

    def _client(self, service: str, settings: Settings) -> Any:
        place = (service, f"{settings.endpoint} {settings.region}")
        if place not in self._clients:
            self._clients[place] = boto3.session.Session().client(
                service,  # type: ignore[call-overload]
                endpoint_url=settings.endpoint,
                region_name=settings.region,
                aws_access_key_id=settings.account,
                aws_secret_access_key="local",
            )
        return self._clients[place]
