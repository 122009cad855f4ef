"""rules: a bus for events of other systems, and the function that makes messages of them."""

from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import rule_sources
from infra.config import Config
from infra.constructs import access, hand_over
from infra.constructs.foundation import Foundation
from infra.constructs.function import function
from infra.constructs.lanes import Lanes
from infra.constructs.queue import dead_letter_queue, queue

BATCH_SIZE = 10
WORKERS, LOCAL_WORKERS = 5, 2
BUS = "events.amazonaws.com"


def workers(config: Config) -> int:
    """How many workers of the queue may run at once."""
    return LOCAL_WORKERS if config.is_local else WORKERS


class Rules(Construct):
    def __init__(
        self, scope: Construct, name: str, *, foundation: Foundation, lanes: Lanes
    ) -> None:
        super().__init__(scope, name)
        config = foundation.config
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.bus = events.EventBus(self, "Bus", description="Events that may become messages")
        self._only_by_their_own(config)
        self._bring(config)
        self.function = self._function(foundation, lanes)
        self.function.add_event_source_mapping(
            "Events",
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH_SIZE,
            max_concurrency=workers(config),
            report_batch_item_failures=True,
        )

    def _bring(self, config: Config) -> None:
        """Events of the sources that are bound to a tenant, and no others, come to the queue."""
        if not config.rules.sources:
            return
        rule = events.CfnRule(
            self,
            "Bound",
            event_bus_name=self.bus.event_bus_name,
            event_pattern={"source": sorted(config.rules.sources)},
            targets=[
                events.CfnRule.TargetProperty(
                    arn=self.queue.queue_arn,
                    id="Queue",
                    dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                        arn=self.dead_letters.queue_arn
                    ),
                )
            ],
        )
        for each in (self.queue, self.dead_letters):
            _let_send(each, rule.attr_arn)

    def _only_by_their_own(self, config: Config) -> None:
        """Nobody puts events with a source that others are named for.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
        """
        named = {
            source: list(binding.principals)
            for source, binding in sorted(config.rules.sources.items())
            if binding.principals
        }
        for number, (source, principals) in enumerate(named.items()):
            self.bus.add_to_resource_policy(
                iam.PolicyStatement(
                    sid=f"OnlyByTheirOwn{number}",
                    effect=iam.Effect.DENY,
                    principals=[iam.AnyPrincipal()],
                    actions=["events:PutEvents"],
                    resources=[self.bus.event_bus_arn],
                    conditions={
                        "StringEquals": {"events:source": source},
                        "ArnNotEquals": {"aws:PrincipalArn": principals},
                    },
                )
            )

    def _function(self, foundation: Foundation, lanes: Lanes) -> lambda_.Function:
        config = foundation.config
        # Without it, the address of the API is as long as any in its region.
        pages = {"OUTBOUND_PAGES_URL": config.pages_url} if config.pages_url else {}
        return function(
            self,
            "Function",
            folder="rules",
            foundation=foundation,
            timeout=45,
            tables={
                "contacts": ["BatchGetItem", "PutItem", "UpdateItem"],
                "messages": ["GetItem", "BatchWriteItem", "PutItem"],
                "catalog": ["GetItem"],
            },
            media=["GetObject", "PutObject"],
            sends_to=[lanes.queues[channel, "express"] for channel in ("email", "sms", "voice")],
            fed_by=[self.queue],
            statements=[
                access.partitions(foundation.tables["catalog"], ["Query"], "*#rule"),
                access.partitions(foundation.tables["catalog"], ["PutItem"], "*#rule-refused#*"),
                # A file is looked at by whoever asks for it first.
                access.partitions(foundation.tables["catalog"], ["UpdateItem"], "*#media"),
            ],
            reads_secret=True,
            environment={
                "OUTBOUND_EVENT_SOURCES": rule_sources.stated(config.rules.sources),
                "OUTBOUND_QUEUES": lanes.addresses,
                "OUTBOUND_MESSAGE_RETENTION_DAYS": str(config.retention.messages_days),
                **pages,
                **hand_over.media_environment(config.sms),
                **hand_over.terms_environment(config),
                **hand_over.permission_environment(config),
                **hand_over.senders_environment(config.email),
            },
        )


def _let_send(to: sqs.Queue, rule_arn: str) -> None:
    to.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal(BUS)],
            actions=["sqs:SendMessage"],
            resources=[to.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": rule_arn}},
        )
    )
