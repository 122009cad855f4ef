"""What SNS says of its text messages in this account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound_client.command.account.collect import Question

if TYPE_CHECKING:
    from outbound_client.command.place import Place


def questions(place: Place) -> dict[str, Question]:
    """The questions to SNS."""
    sns = place.client("sns")
    return {
        "sns.sandbox": Question(
            "sns:GetSMSSandboxAccountStatus",
            lambda: sns.get_sms_sandbox_account_status()["IsInSandbox"],
        ),
        "sns.attributes": Question(
            "sns:GetSMSAttributes", lambda: sns.get_sms_attributes().get("attributes", {})
        ),
    }
