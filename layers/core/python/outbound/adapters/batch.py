"""Batches of SQS: each message alone, and only those that fail come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound.adapters.log import logger, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def work_off(event: Mapping[str, Any], work: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    """Give each record to `work`; the answer names those that must be brought again.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    failed = []
    for record in event["Records"]:
        try:
            work(record)
        except Exception as error:
            # Whatever fails, the other messages of the batch must go on.
            logger().error("record failed", record=record["messageId"], extra=place_of(error))
            failed.append({"itemIdentifier": record["messageId"]})
    if failed:
        logger().info("batch", records=len(event["Records"]), failed=len(failed))
    return {"batchItemFailures": failed}
