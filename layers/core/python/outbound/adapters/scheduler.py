"""Tasks at instants over EventBridge Scheduler, which puts them into the queue of their worker.

A name stands for a task at an instant, so whoever asks for it again meets what is there. It goes
with its schedule when that has fired; one that fires is never the one for the next time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from outbound.domain.instant import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from outbound.domain.task import Task

HALF_AN_HOUR = 1800
"""Seconds for which EventBridge tries to reach the queue; the sweep comes after two minutes."""


@dataclass(frozen=True, slots=True)
class EventBridgeSchedules:
    """Schedules in a group of their own, for whoever only removes some."""

    client: Any
    group: str

    def call_off(self, task: Task, at: datetime) -> None:
        """Remove a schedule; one that is left over brings a task that finds nothing to do."""
        try:
            self.client.delete_schedule(GroupName=self.group, Name=name_of(task, at))
        except (ClientError, BotoCoreError) as error:
            if isinstance(error, ClientError) and _code(error) in REFUSED:
                raise


@dataclass(frozen=True, slots=True)
class EventBridgeScheduler(EventBridgeSchedules):
    """The same, for whoever makes them; `role` may put messages into `queue`, and no more."""

    queue: str
    role: str
    dead_letters: str

    def bring(self, task: Task, at: datetime) -> bool:
        """Make a schedule; where there is one of this name, see that it says the same."""
        wanted = self._schedule(task, at)
        try:
            self.client.create_schedule(**wanted)
        except (ClientError, BotoCoreError) as error:
            if _code(error) != "ConflictException":
                return False
            return self._mend(wanted)
        return True

    def _mend(self, wanted: Mapping[str, Any]) -> bool:
        try:
            found = self.client.get_schedule(GroupName=self.group, Name=wanted["Name"])
            if not _same(found, wanted):
                self.client.update_schedule(**wanted)
        except (ClientError, BotoCoreError):
            return False
        return True

    def _schedule(self, task: Task, at: datetime) -> dict[str, Any]:
        return {
            "GroupName": self.group,
            "Name": name_of(task, at),
            "ScheduleExpression": f"at({_whole_second(at):%Y-%m-%dT%H:%M:%S})",
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "State": "ENABLED",
            "Target": {
                "Arn": self.queue,
                "RoleArn": self.role,
                "Input": json.dumps({"task": task.work, "tenant": task.tenant, "id": task.id}),
                "DeadLetterConfig": {"Arn": self.dead_letters},
                "RetryPolicy": {
                    "MaximumEventAgeInSeconds": HALF_AN_HOUR,
                    "MaximumRetryAttempts": 30,
                },
            },
        }


REFUSED = frozenset({"AccessDeniedException", "ValidationException"})
"""What no repetition puts right: a fault of ours, to be seen."""


def name_of(task: Task, at: datetime) -> str:
    """The name of the schedule that brings a task at an instant: 64 characters at most."""
    parts = (task.tenant, task.id, rfc3339(at))
    return f"{task.work}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"


def _whole_second(at: datetime) -> datetime:
    return (at + timedelta(microseconds=999_999)).astimezone(UTC).replace(microsecond=0)


def _same(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    names = ("ScheduleExpression", "ScheduleExpressionTimezone", "Target", "State")
    return all(found.get(name) == wanted[name] for name in names)


def _code(error: Exception) -> str:
    return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""
