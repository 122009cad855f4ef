"""The work in the background that keeps everything in order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from outbound.wiring import catalog, permission, process, queues, stores

if TYPE_CHECKING:
    from outbound.flow.upkeep.anchoring import AnchorPorts
    from outbound.flow.upkeep.importing import ImportPorts
    from outbound.flow.upkeep.mirroring import MirrorPorts
    from outbound.flow.upkeep.verifying import VerifyPorts


@cache
def anchoring() -> AnchorPorts:
    """What anchoring works with."""
    from outbound.adapters.dynamodb.anchor_days import DynamoAnchorDays
    from outbound.adapters.s3_anchors import S3Anchors
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.upkeep.anchoring import AnchorPorts

    anchors = S3Anchors(
        lambda: process.client("s3", read_timeout=10), process.settings().text("ANCHORS_BUCKET")
    )
    days = DynamoAnchorDays(process.table("LEDGER"))
    return AnchorPorts(
        process.clock, stores.ledger(), days, anchors, queues.upkeep(), LoggedSignals()
    )


@cache
def mirroring() -> MirrorPorts:
    """What the mirror works with."""
    from outbound.adapters.account_lists import AwsAccountLists
    from outbound.adapters.signals import LoggedSignals
    from outbound.flow.upkeep.mirroring import MirrorPorts

    lists = AwsAccountLists(
        connect_email=lambda: process.client("sesv2", attempts=1),
        connect_phone=lambda: process.client("pinpoint-sms-voice-v2", attempts=1),
        opt_out_lists=process.settings().opt_out_lists,
    )
    return MirrorPorts(
        process.clock,
        stores.suppressions(),
        stores.changes(),
        lists,
        queues.upkeep(),
        LoggedSignals(),
        catalog.erasures(),
    )


@cache
def verification() -> VerifyPorts:
    """What verification works with."""
    from outbound.adapters.dynamodb.contact_heads import DynamoContactHeads
    from outbound.flow.upkeep.verifying import VerifyPorts

    return VerifyPorts(anchoring(), DynamoContactHeads(process.table("CONTACTS")), process.secret())


@cache
def lists() -> ImportPorts:
    """What the reading in of AWS's lists works with."""
    from outbound.adapters.dynamodb.imports import DynamoImports
    from outbound.flow.upkeep.importing import ImportPorts

    imports = DynamoImports(process.table("CONTACTS"))
    return ImportPorts(
        stores.suppressions(), imports, permission.audit(), process.settings().opt_out_lists
    )
