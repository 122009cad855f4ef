"""Queues: encrypted with our key, reachable over TLS alone, each with a place for what fails."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sqs as sqs
from constructs import Construct

VISIBILITY_SECONDS = 300
RECEIVES_BEFORE_DEAD = 5


def dead_letter_queue(scope: Construct, name: str, *, key: kms.IKey) -> sqs.Queue:
    return _queue(scope, name, key=key, retention=cdk.Duration.days(14))


def queue(scope: Construct, name: str, *, key: kms.IKey, dead_letters: sqs.IQueue) -> sqs.Queue:
    return _queue(
        scope,
        name,
        key=key,
        retention=cdk.Duration.days(4),
        dead_letters=sqs.DeadLetterQueue(
            queue=dead_letters, max_receive_count=RECEIVES_BEFORE_DEAD
        ),
    )


def _queue(
    scope: Construct,
    name: str,
    *,
    key: kms.IKey,
    retention: cdk.Duration,
    dead_letters: sqs.DeadLetterQueue | None = None,
) -> sqs.Queue:
    return sqs.Queue(
        scope,
        name,
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        # A data key an hour instead of one each five minutes: a twelfth of the KMS calls.
        data_key_reuse=cdk.Duration.hours(1),
        enforce_ssl=True,
        retention_period=retention,
        visibility_timeout=cdk.Duration.seconds(VISIBILITY_SECONDS),
        dead_letter_queue=dead_letters,
        removal_policy=cdk.RemovalPolicy.DESTROY,
    )
