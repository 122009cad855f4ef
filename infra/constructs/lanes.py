"""A queue per channel and lane, and how each lane's share of a channel's rate is worked off."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

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
LARGEST_BATCH = 10
LARGEST_CALL = 50
"""Messages of a chunk, and of a call of SendBulkEmail."""
SECONDS_PER_BATCH = 20


@dataclass(frozen=True, slots=True)
class Workers:
    """How many work at once on a lane, how long each takes for a message, and for how many."""

    concurrency: int
    seconds_each: float
    batch_size: int


def together(rate_per_second: float) -> int:
    """How many messages of a campaign go in one call: a worker's share of a second."""
    rate = rate_per_second * SHARES["bulk"]
    return min(LARGEST_CALL, max(1, math.floor(rate / _few(rate))))


def workers(rate_per_second: float, *, together: bool = False) -> dict[str, Workers]:
    """What keeps each lane of a channel within its share of the rate, without a shared lock.

    Lanes have fixed shares, summing to one: a campaign cannot take what a code or an alert needs.
    A hand-over takes about SECONDS_PER_HAND_OVER, so rate x seconds workers use the whole rate;
    Lambda takes no fewer than two, so each is given the time for a message that keeps them all
    within the rate. A batch must end well within the function's time; in the bulk lane it is one
    of chunks. Where many go in a call, fewer workers do, and their calls are larger.
    """
    return {
        lane: _workers(
            rate_per_second * share,
            of=LARGEST_CALL if lane == "bulk" else 1,
            together=together and lane == "bulk",
        )
        for lane, share in SHARES.items()
    }


def _workers(rate: float, *, of: int, together: bool) -> Workers:
    concurrency = _few(rate) if together else math.floor(rate * SECONDS_PER_HAND_OVER)
    concurrency = min(MOST_WORKERS, max(FEWEST_WORKERS, concurrency))
    seconds_each = math.ceil(concurrency / rate * 1000) / 1000
    batch_size = math.floor(SECONDS_PER_BATCH / (seconds_each * of))
    return Workers(concurrency, seconds_each, min(LARGEST_BATCH, max(1, batch_size)))


def _few(rate: float) -> int:
    """Workers that call with many: each makes two full calls in a second."""
    return max(FEWEST_WORKERS, math.ceil(rate / (2 * LARGEST_CALL)))


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

    def of_lane(self, lane: str) -> list[sqs.Queue]:
        """The queues of one lane, of every channel."""
        return [self.queues[channel, lane] for channel in CHANNELS]

    def addresses_of(self, lane: str) -> str:
        """What OUTBOUND_QUEUES holds, with the queues of one lane alone."""
        urls = {f"{each}.{lane}": self.queues[each, lane].queue_url for each in CHANNELS}
        return cdk.Stack.of(self).to_json_string(urls)

    def address(self, channel: str, lane: str) -> str:
        """The same with one queue alone."""
        url = self.queues[channel, lane].queue_url
        return cdk.Stack.of(self).to_json_string({f"{channel}.{lane}": url})

    def paces(self, channel: str, of: Mapping[str, Workers]) -> str:
        """What OUTBOUND_LANES holds: JSON from the lane to its queue's ARN and its pace."""
        return cdk.Stack.of(self).to_json_string(
            {
                lane: {
                    "queue": self.queues[channel, lane].queue_arn,
                    "seconds_each": of[lane].seconds_each,
                }
                for lane in LANES
            }
        )
