"""A queue per channel and lane, and how many workers of a channel each lane may have."""

import math
from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.queue import dead_letter_queue, queue

CHANNELS = ("sms", "email", "voice")
LANES = ("critical", "express", "bulk")

SHARES: Mapping[str, float] = {"critical": 0.3, "express": 0.3, "bulk": 0.4}
SECONDS_PER_HAND_OVER = 0.25
FEWEST_WORKERS = 2
MOST_WORKERS = 1000


def workers(rate_per_second: float) -> dict[str, int]:
    """The event source concurrency of each lane of a channel.

    A worker hands over one message after another, each in about SECONDS_PER_HAND_OVER, so
    rate x seconds workers use the whole rate. Lanes have fixed shares of it, summing to one:
    a campaign cannot take what a code or an alert needs. Lambda takes no fewer than two.
    """
    return {
        lane: min(
            MOST_WORKERS,
            max(FEWEST_WORKERS, math.floor(rate_per_second * SECONDS_PER_HAND_OVER * share)),
        )
        for lane, share in SHARES.items()
    }


class Lanes(Construct):
    """The nine delivery queues, and one dead-letter queue per channel."""

    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self.dead_letters = {
            channel: dead_letter_queue(self, f"{channel.title()}Dead", key=foundation.key)
            for channel in CHANNELS
        }
        self.queues = {
            (channel, lane): queue(
                self,
                f"{channel.title()}{lane.title()}",
                key=foundation.key,
                dead_letters=self.dead_letters[channel],
            )
            for channel in CHANNELS
            for lane in LANES
        }

    @property
    def all(self) -> list[sqs.Queue]:
        return list(self.queues.values())

    @property
    def addresses(self) -> str:
        """What OUTBOUND_QUEUES holds: JSON from `<channel>.<lane>` to the queue's address."""
        return cdk.Stack.of(self).to_json_string(
            {f"{channel}.{lane}": queue.queue_url for (channel, lane), queue in self.queues.items()}
        )
