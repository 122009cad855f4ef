"""Receipts: where providers say what became of a message, on its way to feedback."""

from aws_cdk import aws_ses as ses
from aws_cdk import aws_smsvoice as smsvoice
from aws_cdk import aws_sns as sns
from aws_cdk.aws_sns_subscriptions import SqsSubscription
from constructs import Construct

from infra.constructs.delivery_logs import DeliveryLogs
from infra.constructs.foundation import Foundation
from infra.constructs.queue import dead_letter_queue, queue
from infra.constructs.topic import topic
from outbound.adapters.receipts.phone import STATUSES

EMAIL_EVENTS = [
    ses.EmailSendingEvent.DELIVERY,
    ses.EmailSendingEvent.BOUNCE,
    ses.EmailSendingEvent.COMPLAINT,
    ses.EmailSendingEvent.REJECT,
    ses.EmailSendingEvent.RENDERING_FAILURE,
]
PHONE_EVENTS = sorted(STATUSES)
"""Those that feedback acts on: a step on the way would cost a call of it and change nothing."""
LOCAL_CONFIGURATION_SET = "outbound-local"


class Receipts(Construct):
    def __init__(self, scope: Construct, name: str, *, foundation: Foundation) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead", key=foundation.key)
        self.queue = queue(self, "Queue", key=foundation.key, dead_letters=self.dead_letters)
        self.email_topic = self._topic("Email", foundation)
        self.phone_topic = self._topic("Phone", foundation, publisher="sms-voice.amazonaws.com")
        self.email_configuration_set = self._email_events()
        # The emulator knows no AWS::SMSVOICE resource, and the simulator takes any name.
        self.phone_configuration_set = (
            LOCAL_CONFIGURATION_SET if foundation.config.is_local else self._phone_events()
        )
        self.delivery_logs = DeliveryLogs(self, "DeliveryLogs", foundation=foundation)

    def _topic(
        self, name: str, foundation: Foundation, *, publisher: str | None = None
    ) -> sns.Topic:
        built = topic(self, name, key=foundation.key, publisher=publisher)
        built.add_subscription(
            SqsSubscription(
                self.queue, raw_message_delivery=True, dead_letter_queue=self.dead_letters
            )
        )
        return built

    def _email_events(self) -> str:
        configuration_set = ses.ConfigurationSet(self, "EmailEvents", reputation_metrics=True)
        configuration_set.add_event_destination(
            "Receipts",
            destination=ses.EventDestination.sns_topic(self.email_topic),
            events=EMAIL_EVENTS,
        )
        return configuration_set.configuration_set_name

    def _phone_events(self) -> str:
        configuration_set = smsvoice.CfnConfigurationSet(
            self,
            "PhoneEvents",
            event_destinations=[
                smsvoice.CfnConfigurationSet.EventDestinationProperty(
                    enabled=True,
                    event_destination_name="receipts",
                    matching_event_types=PHONE_EVENTS,
                    sns_destination=smsvoice.CfnConfigurationSet.SnsDestinationProperty(
                        topic_arn=self.phone_topic.topic_arn
                    ),
                )
            ],
        )
        configuration_set.node.add_dependency(self.phone_topic)
        return configuration_set.ref
