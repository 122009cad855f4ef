"""Queues: encrypted with our key, reachable over TLS alone, each with a place for what fails."""

import aws_cdk as cdk
import jsii
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

VISIBILITY_SECONDS = 300
RECEIVES_BEFORE_DEAD = 5
LONGEST_TRIED = cdk.Duration.hours(20)
"""How long a batch of a stream is tried: shorter than the stream keeps it, so it can be told."""


@jsii.implements(lambda_.IEventSourceDlq)
class FailedBatches:
    """Where a stream names the batches that were given up; their function may send there."""

    def __init__(self, dead_letters: sqs.IQueue) -> None:
        self._arn = dead_letters.queue_arn

    def bind(
        self,
        target: lambda_.IEventSourceMapping,
        target_handler: lambda_.IFunction,
    ) -> lambda_.DlqDestinationConfig:
        return lambda_.DlqDestinationConfig(destination=self._arn)


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
