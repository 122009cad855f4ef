"""Reminders that were made as the tests began, by the clock of the deployed product."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import boto3

from infra.local.places import SERVICE_STACK
from infra.local.running import LocalRun
from outbound_client import OutboundClient
from tests.e2e.deployed import eventually
from tests.e2e.reminded import Reminded

REACHED = {"sent", "delivered"}


def schedules(run: LocalRun) -> list[str]:
    scheduler: Any = boto3.client(
        "scheduler",
        endpoint_url=run.aws["endpoints"]["default"],
        region_name=run.aws["region"],
        **run.aws["credentials"],
    )
    group = {"GroupName": SERVICE_STACK}
    found = []
    for each in scheduler.list_schedules(**group)["Schedules"]:
        # One that is listed may be gone by now.
        with suppress(scheduler.exceptions.ResourceNotFoundException):
            schedule = scheduler.get_schedule(**group, Name=each["Name"])
            found.append(schedule["ScheduleExpression"])
    return found


def planned(at: datetime) -> str:
    return f"at({at:%Y-%m-%dT%H:%M:%S})"


def test_one_leaves_at_its_minute_one_moves_and_one_is_cancelled(
    run: LocalRun, client: OutboundClient, reminded: Reminded
) -> None:
    def messages(name: str) -> Any:
        return client.get_reminder(reminded.ids[name]).messages

    assert eventually(lambda: messages("sent")[0].state == "sent", 150)
    (sent,) = messages("sent")
    assert sent.message_id is not None
    assert eventually(lambda: client.get_message(sent.message_id).status in REACHED, 120)
    left = client.get_message(sent.message_id).timeline[1].at
    assert timedelta() <= left - reminded.at < timedelta(minutes=2)
    assert [each.state for each in messages("moved")] == ["planned"]
    assert client.get_reminder(reminded.ids["cancelled"]).counts["sent"] == 0
    assert schedules(run) == [planned(reminded.moved_to)]

    client.cancel_reminder(reminded.ids["moved"])
    assert eventually(lambda: schedules(run) == [], 120)
