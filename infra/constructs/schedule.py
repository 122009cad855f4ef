"""schedule: called each minute, queues what is due."""

import json

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.clock import call, called
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.queue import dead_letter_queue
from infra.constructs.reminders import Reminders
from infra.nag import acknowledge


class Schedule(Construct):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        foundation: Foundation,
        lanes: Lanes,
        reminders: Reminders,
    ) -> None:
        super().__init__(scope, name)
        self.function = function(
            self,
            "Function",
            folder="schedule",
            foundation=foundation,
            timeout=50,
            tables={"messages/due": ["Query"], "catalog": ["GetItem", "PutItem"]},
            sends_to=[*lanes.all, reminders.queue],
            environment={
                "OUTBOUND_QUEUES": lanes.addresses,
                "OUTBOUND_REMINDERS_QUEUE": reminders.queue.queue_url,
                "OUTBOUND_RATES": json.dumps(foundation.config.rates),
            },
        )
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        acknowledge(
            self.dead_letters,
            "AwsSolutions-SQS3",
            reason="This is the dead-letter queue of the schedule itself.",
        )
        clock = called(self, self.function, key=foundation.key, dead_letters=self.dead_letters)
        call(clock, "EachMinute", "rate(1 minute)", "The sweep of what is due")
        # The next minute sweeps from the last finished one: a retry would only overlap it.
        lambda_.CfnEventInvokeConfig(
            self,
            "NoRetry",
            function_name=self.function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=0,
            maximum_event_age_in_seconds=60,
        )
