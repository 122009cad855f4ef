"""Tasks at instants over EventBridge Scheduler, which puts them into the queue of their worker.

A name stands for a task at an instant, so whoever asks for it again meets what is there. It goes
with its schedule when that has fired; one that fires is never the one for the next time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from outbound.domain.instant import rfc3339
from outbound.domain.task import Task, Work
from outbound.ports import Planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = 100
HALF_AN_HOUR = 1800
"""Seconds for which EventBridge tries to reach the queue; the sweep comes after two minutes."""


@dataclass(frozen=True, slots=True)
class EventBridgeSchedules:
    """Schedules in a group of their own, for whoever only removes some."""

    client: Any
    group: str

    def call_off(self, task: Task, at: datetime) -> None:
        """Remove a schedule; one that is left over brings a task that finds nothing to do."""
        self._delete(name_of(task, at))

    def _delete(self, name: str) -> None:
        try:
            self.client.delete_schedule(GroupName=self.group, Name=name)
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

    def standing(self, part: str, limit: int) -> Iterator[Planned]:
        """Those whose names begin with the part, and that name what they bring as we do."""
        pages = self.client.get_paginator("list_schedules").paginate(
            GroupName=self.group,
            NamePrefix=f"{Work.REMIND}-{part}",
            PaginationConfig={"MaxItems": limit, "PageSize": PAGE},
        )
        try:
            for page in pages:
                for each in page["Schedules"]:
                    planned = self._planned(each["Name"])
                    if planned is not None:
                        yield planned
        except (ClientError, BotoCoreError) as error:
            if _code(error) in REFUSED:
                raise

    def _planned(self, name: str) -> Planned | None:
        try:
            found = self.client.get_schedule(GroupName=self.group, Name=name)
        except ClientError as error:
            if _code(error) == "ResourceNotFoundException":
                return None
            raise
        if found["Target"]["Arn"] != self.queue:
            return None
        try:
            value = json.loads(found["Target"]["Input"])
            task = Task(Work(value["task"]), value["id"], value["tenant"])
            at = datetime.strptime(found["ScheduleExpression"], "at(%Y-%m-%dT%H:%M:%S)")
        except (ValueError, LookupError, TypeError):
            return None
        return Planned(name, task, at.replace(tzinfo=UTC), found["CreationDate"].astimezone(UTC))

    def remove(self, planned: Planned) -> None:
        """Remove a schedule by its name."""
        self._delete(planned.name)

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
