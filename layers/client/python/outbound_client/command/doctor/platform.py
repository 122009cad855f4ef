"""Checks of what stands under the channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account import NotKnown, Unknown
from outbound_client.command.doctor.verdict import Check, Verdict, ok, problem, warning

if TYPE_CHECKING:
    from outbound_client.command.account import Facts

COMPLETE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
ROLLED_BACK = ("UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE")
SPARE = 10
"""Functions at once beside those that work queues off: the API and the sweep."""
CONCURRENCY_QUOTA = (
    "https://console.aws.amazon.com/servicequotas/home/services/lambda/quotas/L-B99A9384"
)


def stacks(facts: Facts) -> Verdict:
    """Both stacks must be there, and whole."""
    deploy = f"cdk deploy --all -c environment={facts.about.environment}"
    for name, stack in facts["stacks"].items():
        if isinstance(stack, Unknown):
            raise NotKnown(stack.why)
        if stack is None:
            return problem(f"The stack {name} isn't here.", deploy)
        status = stack["StackStatus"]
        if status in ROLLED_BACK:
            return warning(
                f"The last deployment of {name} was rolled back: what runs is the one before.",
                f"See why in its events, then {deploy}",
            )
        if status not in COMPLETE:
            return problem(
                f"The stack {name} is {status}.",
                f"See its events: {facts.about.console('cloudformation', '#/stacks')}",
            )
    if isinstance(told := _told(facts), str):
        return problem(f"{told}.", deploy)
    return ok("Both stacks are complete.")


def concurrency(facts: Facts) -> Verdict:
    """New accounts run ten functions at once; the workers of a deployment need more."""
    needed = facts.deployed.settings.workers + SPARE
    granted = facts["platform.limit"]["ConcurrentExecutions"]
    if granted >= needed:
        return ok(f"{granted} functions may run at once; up to {needed} will.")
    return problem(
        f"{granted} functions may run at once in this account, and up to {needed} will: messages"
        " wait for each other.",
        f"Ask for 1000: {CONCURRENCY_QUOTA}, or lower the rates in cdk.json",
        "hours to days",
    )


def alarms(facts: Facts) -> Verdict:
    """Somebody must hear the alarms; AWS mails a link that has to be followed first."""
    topic = facts.deployed.alarms_topic
    mails = [one for one in facts["platform.subscriptions"] if one["Protocol"].startswith("email")]
    if not mails:
        return warning(
            "Nobody hears the alarms.",
            f"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint …",
        )
    pending = [one for one in mails if not one["SubscriptionArn"].startswith("arn:")]
    if len(pending) < len(mails):
        return ok("Alarms are mailed to an address that confirmed it.")
    return problem(
        "The address of alarms hasn't confirmed its subscription: it hears nothing.",
        'Follow the link in the mail "AWS Notification - Subscription Confirmation"; for a new'
        f" one: aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint …",
        "a link works for two days",
    )


def dead_letters(facts: Facts) -> Verdict:
    """What lies there met a bug."""
    full = {name: count for name, count in facts["platform.dead-letters"].items() if count}
    if not full:
        return ok("The dead-letter queues are empty.")
    told = ", ".join(f"{name} {count}" for name, count in full.items())
    url = facts.deployed.dead_letter_queues[next(iter(full))]
    return problem(
        f"Dead-letter queues hold messages that met a bug ({told}).",
        f"Read the function's log; when it is mended, redrive {url} in the console of SQS",
    )


def ringing(facts: Facts) -> Verdict:
    """An alarm that rings tells of something these checks may not see."""
    names = facts["platform.ringing"]
    if not names:
        return ok("No alarm rings.")
    return warning(
        f"Ringing: {', '.join(names)}.",
        f"See what each says: {facts.about.console('cloudwatch', '#alarmsV2:')}",
    )


def _told(facts: Facts) -> str | None:
    try:
        _ = facts.deployed
    except NotKnown as reason:
        return str(reason)
    return None


CHECKS = (
    Check("platform.stacks", stacks),
    Check("platform.concurrency", concurrency),
    Check("platform.alarms", alarms),
    Check("platform.dead-letters", dead_letters),
    Check("platform.ringing", ringing),
)
