"""intake: accepts messages over HTTP, stores them, puts them into a lane."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.accepting import accepting
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.reminders import Reminders


def intake(
    scope: Construct, *, foundation: Foundation, lanes: Lanes, reminders: Reminders
) -> lambda_.Function:
    accepted = accepting(foundation, lanes)
    environment = accepted.pop("environment")
    queues = [*accepted.pop("sends_to"), reminders.queue]
    return function(
        scope,
        "Intake",
        folder="intake",
        foundation=foundation,
        timeout=15,
        sends_to=queues,
        environment={**environment, "OUTBOUND_REMINDERS_QUEUE": reminders.queue.queue_url},
        **accepted,
    )
