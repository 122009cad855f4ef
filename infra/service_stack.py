"""What a deployment may replace: the way of a message, from the API to its receipt."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra import bundling
from infra.config import Config
from infra.constructs import outputs
from infra.constructs.alarms import Alarms
from infra.constructs.api import Api
from infra.constructs.budgets import Budgets
from infra.constructs.bus import Bus
from infra.constructs.dashboard import Dashboard
from infra.constructs.deliver import Deliver
from infra.constructs.events import Events
from infra.constructs.expand import Expand
from infra.constructs.feedback import Feedback
from infra.constructs.foundation import Foundation
from infra.constructs.imports import Imports
from infra.constructs.inbound import Inbound
from infra.constructs.intake import intake
from infra.constructs.lanes import CHANNELS, Lanes
from infra.constructs.manage import manage
from infra.constructs.pages import pages
from infra.constructs.receipts import Receipts
from infra.constructs.reminders import Reminders
from infra.constructs.rules import Rules
from infra.constructs.schedule import Schedule
from infra.constructs.upkeep import Upkeep
from infra.constructs.webhooks import Webhooks
from infra.data_stack import DataStack


class ServiceStack(cdk.Stack):
    def __init__(
        self, scope: Construct, name: str, *, config: Config, data: DataStack, **stack: Any
    ) -> None:
        super().__init__(scope, name, termination_protection=config.is_prod, **stack)
        foundation = Foundation(
            config=config,
            key=kms.Key.from_key_arn(self, "Key", data.key.key_arn),
            tables=data.tables,
            secret=data.secret,
            links_secret=data.links_secret,
            # By name, so that no construct adds to the policy of a bucket of another stack.
            media=s3.Bucket.from_bucket_name(
                self, "Media", data.export_value(data.media.bucket_name)
            ),
            anchors=s3.Bucket.from_bucket_name(
                self, "Anchors", data.export_value(data.anchors.bucket_name)
            ),
            layers=self._layers(config),
        )
        self.lanes = Lanes(self, "Lanes", foundation=foundation)
        self.reminders = Reminders(self, "Reminders", foundation=foundation)
        self.intake = intake(
            self, foundation=foundation, lanes=self.lanes, reminders=self.reminders
        )
        self.upkeep = Upkeep(self, "Upkeep", foundation=foundation, reminders=self.reminders)
        self.expand = Expand(self, "Expand", foundation=foundation, lanes=self.lanes)
        self.imports = Imports(self, "Imports", foundation=foundation, reminders=self.reminders)
        self.bus = Bus(self, "Bus", config=config)
        self.webhooks = Webhooks(self, "Webhooks", foundation=foundation, bus=self.bus)
        self.manage = manage(
            self,
            foundation=foundation,
            webhooks=self.webhooks,
            upkeep=self.upkeep,
            expand=self.expand,
            imports=self.imports,
        )
        self.pages = pages(self, foundation=foundation, lanes=self.lanes)
        self.api = Api(
            self,
            "Api",
            foundation=foundation,
            intake=self.intake,
            manage=self.manage,
            pages=self.pages,
        )
        # The API's address exists before its routes do, so the function behind some may know it.
        self.manage.add_environment("OUTBOUND_PAGES_URL", self._pages_url(config))
        self.receipts = Receipts(self, "Receipts", foundation=foundation)
        self.deliver = Deliver(
            self,
            "Deliver",
            foundation=foundation,
            lanes=self.lanes,
            receipts=self.receipts,
            pages_url=self._pages_url(config),
        )
        self.feedback = Feedback(self, "Feedback", foundation=foundation, receipts=self.receipts)
        self.events = Events(
            self, "Events", foundation=foundation, bus=self.bus, webhooks=self.webhooks
        )
        self.inbound = Inbound(self, "Inbound", foundation=foundation, lanes=self.lanes)
        self.rules = Rules(self, "Rules", foundation=foundation, lanes=self.lanes)
        self.schedule = Schedule(
            self, "Schedule", foundation=foundation, lanes=self.lanes, reminders=self.reminders
        )
        self.reminding = self.reminders.build(foundation=foundation, lanes=self.lanes)
        self.alarms = Alarms(self, "Alarms", foundation=foundation)
        self._watch(self.alarms)
        self.dashboard = Dashboard(
            self,
            "Dashboard",
            config=config,
            lanes=self.lanes,
            dead_letters=self._dead_letters,
            functions=self._functions,
            events=self.events.function,
        )
        if not config.is_local:
            Budgets(self, "Budgets", config=config)
        self._outputs(config)

    def _layers(self, config: Config) -> list[lambda_.LayerVersion]:
        codes = {"Core": bundling.core_code(), "Deps": bundling.deps_code(local=config.is_local)}
        return [
            lambda_.LayerVersion(
                self,
                f"{name}Layer",
                code=code,
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[lambda_.Architecture.ARM_64],
            )
            for name, code in codes.items()
        ]

    def _pages_url(self, config: Config) -> str:
        """Where the links in messages lead."""
        if config.emulator_url:
            api = self.api.http.api_id
            return cdk.Fn.join("", [config.emulator_url, "/_aws/execute-api/", api, "/$default"])
        return config.pages_url or self.api.http.api_endpoint

    @property
    def _dead_letters(self) -> dict[str, sqs.Queue]:
        return {
            **{name.title(): queue for name, queue in self.lanes.dead_letters.items()},
            "Receipts": self.receipts.dead_letters,
            "Inbound": self.inbound.dead_letters,
            "Schedule": self.schedule.dead_letters,
            "Upkeep": self.upkeep.dead_letters,
            "Expand": self.expand.dead_letters,
            "Imports": self.imports.dead_letters,
            "Webhooks": self.webhooks.dead_letters,
            "Rules": self.rules.dead_letters,
            "Reminders": self.reminders.dead_letters,
        }

    @property
    def _functions(self) -> dict[str, lambda_.Function]:
        deliver = {f"Deliver{name.title()}": of for name, of in self.deliver.functions.items()}
        return {
            "Intake": self.intake,
            "Manage": self.manage,
            "Pages": self.pages,
            **deliver,
            "Feedback": self.feedback.function,
            "Events": self.events.function,
            "Webhooks": self.webhooks.function,
            "Inbound": self.inbound.function,
            "Schedule": self.schedule.function,
            "Reminders": self.reminding,
            "Upkeep": self.upkeep.function,
            "Expand": self.expand.function,
            "Imports": self.imports.function,
            "Rules": self.rules.function,
        }

    def _watch(self, alarms: Alarms) -> None:
        alarms.on_dead_letters(self._dead_letters)
        alarms.on_errors(self._functions)
        alarms.on_late_express(
            {channel: self.lanes.queues[channel, "express"] for channel in CHANNELS}
        )
        alarms.on_late_alerts(
            {channel: self.lanes.queues[channel, "critical"] for channel in CHANNELS}
        )
        alarms.on_missing_sweeps(
            {
                "Schedule": self.schedule.function,
                "Upkeep": self.upkeep.function,
                "Expand": self.expand.function,
            }
        )
        alarms.on_stopped_channels(CHANNELS)
        alarms.on_unmatched_receipts()
        alarms.on_refused_account()
        alarms.on_unknown_receipts()
        alarms.on_unreadable_changes()
        alarms.on_late_events(self.events.function)
        alarms.on_disabled_webhooks()
        alarms.on_given_up_events()
        alarms.on_strange_texts()
        alarms.on_missing_anchors()
        alarms.on_harmful_campaigns()
        alarms.on_stuck_mirror()
        alarms.on_left_over_schedules()
        alarms.on_missed_reminders(CHANNELS)
        alarms.on_wrong_campaigns(CHANNELS)

    def _outputs(self, config: Config) -> None:
        for name, value in {
            "ApiUrl": self.api.http.api_endpoint,
            "ApiId": self.api.http.api_id,
            "ManageFunction": self.manage.function_name,
            "UpkeepFunction": self.upkeep.function.function_name,
            "EmailReceiptsTopic": self.receipts.email_topic.topic_arn,
            "PhoneReceiptsTopic": self.receipts.phone_topic.topic_arn,
            "RulesBus": self.rules.bus.event_bus_name,
            "InboundTopic": self.inbound.topic.topic_arn,
            "TextStatusRole": self.receipts.delivery_logs.role.role_arn,
            "AlarmsTopic": self.alarms.topic.topic_arn,
            **self.bus.outputs,
            "FeedbackLogs": self.feedback.function.log_group.log_group_name,
            "Settings": outputs.settings(self, config, self.receipts),
            **outputs.dead_letter_queues(self, self._dead_letters),
            **outputs.tenants_senders(config),
            **outputs.two_way_numbers(config),
        }.items():
            cdk.CfnOutput(self, name, value=value)
