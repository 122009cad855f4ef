"""What the carrier has to know of the account it stands in for."""

from pydantic import BaseModel, ConfigDict


class Topics(BaseModel):
    """The topics that SES events and End User Messaging events are published to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str | None = None
    phone: str | None = None


class LogGroups(BaseModel):
    """The log groups that SNS writes the delivery status of texts to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    success: str | None = None
    failure: str | None = None


class Settings(BaseModel):
    """The account as the carrier sees it.

    `identities` are the verified addresses and domains; `configuration_sets` are those of SES
    and of End User Messaging together; numbers in `opted_out` have answered STOP.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoint: str | None = None
    region: str = "us-east-1"
    account: str = "000000000000"
    topics: Topics = Topics()
    log_groups: LogGroups = LogGroups()
    identities: tuple[str, ...] = ()
    configuration_sets: tuple[str, ...] = ()
    opted_out: tuple[str, ...] = ()
    receipt_delay: float = 0.2
