"""The bus of the environment, where rules of the account hear of events; unless there is none."""

from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.config import Config


class Bus(Construct):
    def __init__(self, scope: Construct, name: str, *, config: Config) -> None:
        super().__init__(scope, name)
        self.bus = events.EventBus(self, "Bus") if config.events.bus else None

    @property
    def rights(self) -> list[iam.PolicyStatement]:
        """What who tells events may do."""
        if self.bus is None:
            return []
        put = iam.PolicyStatement(actions=["events:PutEvents"], resources=[self.bus.event_bus_arn])
        return [put]

    @property
    def environment(self) -> dict[str, str]:
        return {"OUTBOUND_EVENT_BUS": self.bus.event_bus_name} if self.bus else {}

    @property
    def outputs(self) -> dict[str, str]:
        return {"EventBus": self.bus.event_bus_name} if self.bus else {}
