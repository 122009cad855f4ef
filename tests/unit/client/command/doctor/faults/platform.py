"""Faults of what stands under the channels."""

from __future__ import annotations

from tests.unit.client.command.account import stack
from tests.unit.client.command.doctor.faults.fault import problem, warning

STACKS = {"Outbound-dev-Data": {"StackStatus": "CREATE_COMPLETE"}}
PENDING = {"Protocol": "email", "SubscriptionArn": "PendingConfirmation"}
PLATFORM = [
    problem(
        "platform.stacks",
        "The stack Outbound-dev-Data isn't here",
        "cdk deploy --all -c environment=dev",
        {"stacks": {"Outbound-dev-Data": None, "Outbound-dev": stack()}},
    ),
    problem(
        "platform.stacks",
        "ROLLBACK_COMPLETE",
        "cloudformation",
        {"stacks": {**STACKS, "Outbound-dev": {"StackStatus": "ROLLBACK_COMPLETE"}}},
    ),
    warning(
        "platform.stacks",
        "rolled back",
        "cdk deploy",
        {"stacks": {**STACKS, "Outbound-dev": {"StackStatus": "UPDATE_ROLLBACK_COMPLETE"}}},
    ),
    problem(
        "platform.concurrency",
        "10 functions may run at once in this account, and up to 78 will",
        "L-B99A9384",
        {"platform.limit": {"ConcurrentExecutions": 10}},
    ),
    problem(
        "platform.alarms",
        "hasn't confirmed",
        "Follow the link",
        {"platform.subscriptions": [PENDING]},
    ),
    warning("platform.alarms", "Nobody hears", "aws sns subscribe", {"platform.subscriptions": []}),
    problem(
        "platform.dead-letters",
        "(Receipts 2)",
        "https://sqs/receipts",
        {"platform.dead-letters": {"Sms": 0, "Receipts": 2}},
    ),
    warning(
        "platform.ringing",
        "Outbound-dev-SmsStopped",
        "cloudwatch",
        {"platform.ringing": ["Outbound-dev-SmsStopped"]},
    ),
]
