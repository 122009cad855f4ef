"""What the stack tells whoever looks after it: `outbound setup` and `outbound doctor` read this."""

import itertools
import textwrap
from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import two_way
from infra.config import Config
from infra.constructs import (
    expand,
    feedback,
    imports,
    inbound,
    reminders,
    rules,
    upkeep,
    webhooks,
)
from infra.constructs.lanes import workers
from infra.constructs.receipts import Receipts
from infra.senders import address_of

TOGETHER = 5
"""Addresses of queues in an output."""
LONGEST = 1_000
"""Characters of an output: CloudFormation holds 1024 bytes."""


def settings(scope: Construct, config: Config, receipts: Receipts) -> str:
    """The settings as JSON, without what only the functions need: an output holds 1024 bytes."""
    return cdk.Stack.of(scope).to_json_string(
        {
            "email": {
                "from": config.email.sender,
                **_limits(config.email),
                "configuration_set": receipts.email_configuration_set,
            },
            "sms": {
                "provider": config.sms.provider,
                "origination": config.sms.origination,
                **_limits(config.sms),
                "configuration_set": receipts.phone_configuration_set,
            },
            "voice": {
                "origination": config.voice.origination,
                **_limits(config.voice),
                "configuration_set": receipts.phone_configuration_set,
            },
            "workers": _workers(config),
        }
    )


def tenants_senders(config: Config) -> dict[str, str]:
    """The addresses that tenants send from besides `email.from`, in as many outputs as it takes."""
    own = {address_of(sender) for sender in config.email.senders} - {config.email.address}
    texts = textwrap.wrap(
        " ".join(sorted(own)), LONGEST, break_long_words=False, break_on_hyphens=False
    )
    return {f"EmailSenders{number}": text for number, text in enumerate(texts, start=1)}


def two_way_numbers(config: Config) -> dict[str, str]:
    """The numbers that people text to, in as many outputs as it takes."""
    texts = two_way.outputs(config.sms.two_way)
    return {f"TwoWayNumbers{number}": text for number, text in enumerate(texts, start=1)}


def dead_letter_queues(scope: Construct, queues: Mapping[str, sqs.IQueue]) -> dict[str, str]:
    """JSON from the names of queues to their addresses, in as many outputs as it takes."""
    of = iter(queues.items())
    parts = iter(lambda: dict(itertools.islice(of, TOGETHER)), {})
    return {
        f"DeadLetterQueues{number}": cdk.Stack.of(scope).to_json_string(
            {name: queue.queue_url for name, queue in part.items()}
        )
        for number, part in enumerate(parts, start=1)
    }


def _limits(channel: Any) -> dict[str, Any]:
    return {
        "rate_per_second": channel.rate_per_second,
        "monthly_limit_usd": str(channel.monthly_limit_usd),
    }


def _workers(config: Config) -> int:
    """How many functions may run at once because messages wait for them."""
    lanes = sum(
        lane.concurrency
        for channel, rate in config.rates.items()
        for lane in workers(rate, together=channel == "email" and config.email.bulk).values()
    )
    # Campaigns and alerts have a queue each, and one function.
    stages = (feedback, inbound, expand, expand, rules, reminders, webhooks)
    others: int = sum(stage.workers(config) for stage in stages)
    return lanes + others + upkeep.WORKERS + imports.WORKERS
