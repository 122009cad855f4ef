"""What SES says of the account, of the sender and of the configuration set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.command.account.collect import Question
from outbound_client.command.account.reasons import code_of

if TYPE_CHECKING:
    from outbound_client.command.deployed import Deployed
    from outbound_client.command.place import Place


def questions(place: Place, deployed: Deployed | None) -> dict[str, Question]:
    """The questions to SES."""
    ses = place.client("sesv2")
    asked = {"ses.account": Question("ses:GetAccount", ses.get_account)}
    if deployed is None:
        return asked
    email, named = deployed.settings.email, deployed.settings.email.configuration_set
    return asked | {
        "ses.identity": _asked(ses, email.address, email.domain),
        **{
            f"ses.identity.{domain}": _asked(ses, domain, *addresses)
            for domain, addresses in deployed.domains.items()
        },
        "ses.set": Question(
            "ses:GetConfigurationSet",
            lambda: _found(ses.get_configuration_set, ConfigurationSetName=named),
        ),
        "ses.destinations": Question(
            "ses:GetConfigurationSetEventDestinations",
            lambda: _found(
                ses.get_configuration_set_event_destinations, ConfigurationSetName=named
            ),
        ),
    }


def _asked(ses: Any, *names: str) -> Question:
    return Question("ses:GetEmailIdentity", lambda: _identity(ses, *names))


def _identity(ses: Any, *names: str) -> dict[str, Any] | None:
    """The identity SES would send with: one that is verified before one that isn't."""
    found: list[dict[str, Any]] = []
    for name in names:
        answer = _found(ses.get_email_identity, EmailIdentity=name)
        if answer is not None:
            found.append({**answer, "EmailIdentity": name})
            if answer.get("VerifiedForSendingStatus"):
                return found[-1]
    return next(iter(found), None)


def _found(ask: Any, **parameters: str) -> Any:
    from botocore.exceptions import ClientError

    try:
        return ask(**parameters)
    except ClientError as error:
        if code_of(error) == "NotFoundException":
            return None
        raise
