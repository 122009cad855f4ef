"""Alarms: what an operator must hear of, at the address in the settings."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_sns_subscriptions import EmailSubscription
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.metric import MINUTE, ours
from infra.constructs.topic import topic

CRITICAL_SECONDS = 60
EXPRESS_SECONDS = 300
EVENTS_SECONDS = 600
LEFT_OVER = 100
"""Schedules in a day, of the fourteenth that is looked at: throttling leaves a few."""
MIRRORED = ("email", "sms")
"""SES's list, and those of numbers."""
NOT_BREACHING = cloudwatch.TreatMissingData.NOT_BREACHING
BREACHING = cloudwatch.TreatMissingData.BREACHING


class Alarms(Construct):
    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self.topic = topic(self, "Topic", key=foundation.key, publisher="cloudwatch.amazonaws.com")
        self.topic.add_subscription(EmailSubscription(foundation.config.alarm_address))

    def on_dead_letters(self, queues: Mapping[str, sqs.IQueue]) -> None:
        for name, queue in queues.items():
            self._alarm(
                f"{name}DeadLetters",
                queue.metric_approximate_number_of_messages_visible(
                    period=MINUTE, statistic="Maximum"
                ),
                f"The dead-letter queue of {name} is not empty: a message met a bug, or a "
                "receipt names one that isn't there. The log of the function that reads the queue "
                "says where; send what lies there back (SQS, "
                "start DLQ redrive) once that is mended. It is kept for 14 days.",
            )

    def on_errors(self, functions: Mapping[str, lambda_.IFunction]) -> None:
        for name, function in functions.items():
            self._alarm(
                f"{name}Errors",
                function.metric_errors(period=MINUTE),
                f"The function {name} failed. Its log says where (level ERROR). Queues and streams "
                "bring the same work again by themselves; callers were told to try again.",
            )

    def on_late_express(self, queues: Mapping[str, sqs.IQueue]) -> None:
        for channel, queue in queues.items():
            self._alarm(
                f"{channel.title()}ExpressLate",
                queue.metric_approximate_age_of_oldest_message(period=MINUTE, statistic="Maximum"),
                f"A single message has waited {EXPRESS_SECONDS} s for the channel {channel}. Look "
                f"first whether {channel.title()}Stopped or the function's Errors ring, then at "
                "its throttles (the account's concurrency); else the rate of the channel is too "
                "low for what comes: raise rate_per_second once the provider has raised its own.",
                threshold=EXPRESS_SECONDS,
            )

    def on_late_alerts(self, queues: Mapping[str, sqs.IQueue]) -> None:
        for channel, queue in queues.items():
            self._alarm(
                f"{channel.title()}CriticalLate",
                queue.metric_approximate_age_of_oldest_message(period=MINUTE, statistic="Maximum"),
                f"An alert's message has waited {CRITICAL_SECONDS} s for the channel {channel}. "
                f"Look first whether {channel.title()}Stopped or the function's Errors ring, then "
                "at its throttles (the account's concurrency). If it works, the alert is for more "
                "people than the channel's rate carries: raise rate_per_second once the provider "
                "has raised its own. What is left expires with the alert; nothing is lost.",
                threshold=CRITICAL_SECONDS,
            )

    def on_missing_sweeps(self, functions: Mapping[str, lambda_.IFunction]) -> None:
        for name, function in functions.items():
            self._alarm(
                f"{name}Missing",
                function.metric_invocations(period=cdk.Duration.minutes(5), statistic="Sum"),
                f"The sweep of {name} has not run for five minutes: what is due waits. Look at the "
                "function's Errors and throttles, and whether its schedule in EventBridge "
                "Scheduler is enabled. The next sweep takes all that was missed.",
                comparison=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
                missing=BREACHING,
            )

    def on_stopped_channels(self, channels: tuple[str, ...]) -> None:
        for channel in channels:
            self._alarm(
                f"{channel.title()}Stopped",
                ours("ChannelStopped", channel=channel, service="schedule"),
                f"The provider of {channel} refuses everything (quota, spend limit, account) or "
                "is down: messages are parked, one is tried each 1 to 15 minutes, and all leave "
                "by themselves once it is taken. The log of deliver says with which code.",
            )

    def on_unmatched_receipts(self) -> None:
        self._alarm(
            "UnmatchedReceipts",
            ours("UnmatchedReceipts", service="feedback"),
            "A receipt was given up: it fits no message, or more than one. If others send from "
            "this account too, it is theirs. Else its message stays as it is: compare the "
            "provider's own figures with GET /v1/stats?by=provider.",
        )

    def on_refused_account(self) -> None:
        self._alarm(
            "AccountRefused",
            ours("AccountRefused", channel="sms", service="feedback"),
            "SNS took texts and then refused them: its monthly spend limit is reached, or AWS "
            "reviews the account. Their messages have failed. The log of feedback says which.",
        )

    def on_unknown_receipts(self) -> None:
        self._alarm(
            "UnknownReceipts",
            ours("UnknownReceipts", service="feedback"),
            "A provider reports what no table of adapters/receipts has: it changed nothing, or "
            "the least it can mean. The log of feedback names its kind.",
        )

    def on_unreadable_changes(self) -> None:
        self._alarm(
            "UnreadableChanges",
            ours("UnreadableChanges", service="events"),
            "What was written of a message can't be read, so nobody was told of it: a bug. The "
            "log of events says where.",
        )
        self._alarm(
            "UncountedChanges",
            ours("UnreadableChanges", service="feedback"),
            "What was written of a message can't be read, so it wasn't counted: a bug. The log of "
            "feedback says where; counts of campaigns are put right when their run is looked at.",
        )

    def on_late_events(self, function: lambda_.IFunction) -> None:
        self._alarm(
            "EventsLate",
            function.metric("IteratorAge", period=MINUTE, statistic="Maximum"),
            f"Other systems hear of messages more than {EVENTS_SECONDS // 60} minutes late: the "
            "bus refuses events (see the log of events, and the quota PutEvents of EventBridge), "
            "or there is more than the function can tell. After 24 hours events are lost.",
            threshold=EVENTS_SECONDS * 1000,
        )

    def on_disabled_webhooks(self) -> None:
        self._alarm(
            "WebhookDisabled",
            ours("WebhooksDisabled", service="webhooks"),
            "A webhook took nothing for three days, or said that it is gone, and is told nothing "
            "more. GET /v1/webhooks says which and why; PUT it once it works again.",
        )

    def on_given_up_events(self) -> None:
        self._alarm(
            "WebhookEventsGivenUp",
            ours("WebhookEventsGivenUp", service="webhooks"),
            "A webhook didn't take an event in three days, and won't be told of it. GET "
            "/v1/webhooks says which fails and why; what it missed is in GET /v1/messages.",
        )

    def on_strange_texts(self) -> None:
        self._alarm(
            "StrangeInbound",
            ours("StrangeInbound", service="inbound"),
            "What came as a person's text can't be read, or came a second time as another: it "
            "waits in the dead-letter queue of inbound. The log of inbound names the part.",
        )

    def on_missing_anchors(self) -> None:
        self._alarm(
            "AnchorMissing",
            ours("AnchorMissing", service="upkeep"),
            "A day of the ledger is not anchored, two nights after it was over. It is tried again "
            "each night for 35 days; the log of upkeep and its dead-letter queue say why.",
        )

    def on_missed_reminders(self, channels: tuple[str, ...]) -> None:
        for channel in channels:
            self._alarm(
                f"{channel.title()}ReminderMissed",
                ours("ReminderMissed", channel=channel, service="schedule"),
                f"A reminder by {channel}, perhaps of a dose, could not be made in time and was "
                "not sent late. The log of Reminders has its id; GET /v1/reminders/{id} says which "
                "time was missed.",
            )

    def on_left_over_schedules(self) -> None:
        self._alarm(
            "SchedulesLeftOver",
            ours("SchedulesLeftOver", service="schedule").with_(period=cdk.Duration.days(1)),
            f"{LEFT_OVER} schedules of reminders had outlived what they stood for, and were "
            "removed within a day. Nobody was reminded wrongly: they find nothing to do. "
            "EventBridge Scheduler has refused their removal before: look at its quotas.",
            threshold=LEFT_OVER,
        )

    def on_wrong_campaigns(self, channels: tuple[str, ...]) -> None:
        for channel in channels:
            self._alarm(
                f"{channel.title()}CampaignGaps",
                ours("CampaignGaps", channel=channel, service="expand"),
                f"Recipients of a campaign by {channel} that was worked off have no message: it "
                "was deleted, or never written. The log of expand says how many.",
            )
            self._alarm(
                f"{channel.title()}CampaignCountsCorrected",
                ours("CampaignCountsCorrected", channel=channel, service="expand"),
                f"The counts of a campaign by {channel} were not those of its messages, and were "
                "put right: what the table's stream brought was lost, or counted twice. The log "
                "of expand names the run.",
            )
            self._alarm(
                f"{channel.title()}CampaignChunksLost",
                ours("CampaignChunksLost", channel=channel, service="expand"),
                f"Chunks of a campaign by {channel} are gone from the table of runs, though their "
                "time is not over. The log of expand and the campaign's report name them, and "
                "layers/README.md says what becomes of their recipients.",
            )

    def on_harmful_campaigns(self) -> None:
        self._alarm(
            "EmailCampaignsPaused",
            ours("CampaignsPaused", channel="email", service="expand"),
            "A campaign by email has paused itself: more than 5 % of it bounced, or 0.1 % "
            "complained, at which AWS may stop the whole account. The log of expand says which of "
            "the two, GET /v1/campaigns which campaign, by state and reason. Take out of its "
            "audience who never asked for it; then cancel it, or resume it: it goes on.",
        )

    def on_stuck_mirror(self) -> None:
        for channel in MIRRORED:
            self._alarm(
                f"{channel.title()}MirrorStuck",
                ours("MirrorStuck", channel=channel, service="upkeep"),
                f"AWS has refused a change of its own list ({channel}) for half an hour: an "
                "opt-out list is missing, or a right. It is tried for 35 days, for 3 where its "
                "owner was erased; the log of upkeep names the code. Nothing is sent to it "
                "meanwhile.",
            )
            self._alarm(
                f"{channel.title()}MirrorRefused",
                ours("MirrorRefused", channel=channel, service="upkeep"),
                f"AWS has refused a change of its own list ({channel}) for good. The log of upkeep "
                "names the code: PHONE_NUMBER_CANNOT_BE_OPTED_IN means that its owner has to "
                "text START; too_late means that its time was over.",
            )

    def _alarm(
        self,
        name: str,
        metric: cloudwatch.IMetric,
        description: str,
        *,
        threshold: float = 1,
        comparison: cloudwatch.ComparisonOperator = (
            cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
        ),
        missing: cloudwatch.TreatMissingData = NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            alarm_description=description,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=comparison,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
