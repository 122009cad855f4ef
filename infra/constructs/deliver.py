"""deliver: one function per channel, fed by its lanes, with the rights of that channel alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import Config
from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import LANES, Lanes, Workers, workers
from infra.constructs.receipts import Receipts
from infra.nag import acknowledge_wildcard
from outbound.adapters.dynamodb.coupon_items import LEADING_KEYS
from outbound.adapters.dynamodb.stops import PARTITION

TIMEOUT_SECONDS = 45
LEASE_SECONDS = 60
CARRIER_SERVICES = ("SESV2", "SNS", "PINPOINT_SMS_VOICE_V2")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Channel:
    rate_per_second: float
    statement: iam.PolicyStatement
    environment: Mapping[str, str]
    media: Sequence[str] = ()
    together: bool = False


class Deliver(Construct):
    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        foundation: Foundation,
        lanes: Lanes,
        receipts: Receipts,
        pages_url: str,
    ) -> None:
        super().__init__(scope, name)
        self._foundation = foundation
        self._pages_url = pages_url
        channels = _channels(self, foundation.config, receipts)
        self.functions: dict[str, lambda_.Function] = {}
        for channel, settings in channels.items():
            of_lanes = workers(settings.rate_per_second, together=settings.together)
            self.functions[channel] = self._function(channel, settings, lanes, of_lanes)
            self._feed(channel, lanes, of_lanes)

    def _function(
        self, channel: str, settings: _Channel, lanes: Lanes, of_lanes: Mapping[str, Workers]
    ) -> lambda_.Function:
        config = self._foundation.config
        built = function(
            self,
            channel.title(),
            folder="deliver",
            foundation=self._foundation,
            timeout=TIMEOUT_SECONDS,
            tables={
                "messages": [
                    "GetItem",
                    "BatchGetItem",
                    "UpdateItem",
                    "PutItem",
                    "Query",
                    *(["BatchWriteItem"] if channel == "email" else []),
                ],
                "runs": ["GetItem", "PutItem", "UpdateItem"],
                "contacts": ["GetItem", "BatchGetItem", "PutItem", "UpdateItem"],
                "catalog": ["GetItem"],
            },
            sends_to=[lanes.queues[channel, "bulk"]],
            fed_by=[lanes.queues[channel, lane] for lane in LANES],
            reads_secret=True,
            reads_links=channel == "email",
            media=settings.media,
            statements=[
                settings.statement,
                _may_stop(self._foundation),
                access.partitions(
                    self._foundation.tables["catalog"],
                    ["BatchGetItem", "Query", "PutItem"],
                    LEADING_KEYS,
                ),
            ],
            environment={
                "OUTBOUND_CHANNEL": channel,
                "OUTBOUND_LANES": lanes.paces(channel, of_lanes),
                "OUTBOUND_QUEUES": lanes.address(channel, "bulk"),
                "OUTBOUND_LEASE_SECONDS": str(LEASE_SECONDS),
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **hand_over.terms_environment(config),
                **settings.environment,
                **hand_over.permission_environment(config),
                **({"OUTBOUND_PAGES_URL": self._pages_url} if channel != "voice" else {}),
                **carrier(config),
            },
            # All lanes have what they may take at most, so nobody takes an alert's from it.
            reserved=sum(each.concurrency for each in of_lanes.values())
            if config.reserve_workers
            else None,
        )
        self._acknowledge_originators(settings.statement)
        return built

    def _feed(self, channel: str, lanes: Lanes, of_lanes: Mapping[str, Workers]) -> None:
        for lane in LANES:
            self.functions[channel].add_event_source_mapping(
                lane.title(),
                event_source_arn=lanes.queues[channel, lane].queue_arn,
                batch_size=of_lanes[lane].batch_size,
                max_concurrency=of_lanes[lane].concurrency,
                report_batch_item_failures=True,
            )

    def _acknowledge_originators(self, statement: iam.PolicyStatement) -> None:
        for resource in statement.resources:
            if resource.endswith("*"):
                acknowledge_wildcard(
                    self,
                    resource,
                    reason="The configured origination is a number (or none), and the ARN of a "
                    "number holds an id that only AWS knows.",
                )


def _may_stop(foundation: Foundation) -> iam.PolicyStatement:
    """Stop the channel and let it go on: writes to that one partition, away from keys."""
    return access.partition(foundation.tables["catalog"], ["PutItem", "DeleteItem"], PARTITION)


def _channels(scope: Construct, config: Config, receipts: Receipts) -> dict[str, _Channel]:
    phone, email = receipts.phone_configuration_set, receipts.email_configuration_set
    return {
        "sms": _Channel(
            rate_per_second=config.sms.rate_per_second,
            statement=hand_over.may_text(scope, config, configuration_set=phone),
            environment={
                **hand_over.sms_environment(config.sms, configuration_set=phone),
                **hand_over.media_environment(config.sms),
            },
            # End User Messaging reads the file, on behalf of who sends it.
            media=["GetObject"] if config.sms.sends_media else [],
        ),
        "email": _Channel(
            rate_per_second=config.email.rate_per_second,
            statement=hand_over.may_email(scope, config, configuration_set=email),
            environment=hand_over.email_environment(config.email, configuration_set=email),
            media=["GetObject"],
            together=config.email.bulk,
        ),
        "voice": _Channel(
            rate_per_second=config.voice.rate_per_second,
            statement=hand_over.may_call(scope, config, configuration_set=phone),
            environment=hand_over.voice_environment(config.voice, configuration_set=phone),
        ),
    }


def carrier(config: Config) -> dict[str, str]:
    """Locally the carrier simulator stands in for the providers."""
    if not config.carrier_url:
        return {}
    return {f"AWS_ENDPOINT_URL_{service}": config.carrier_url for service in CARRIER_SERVICES}
