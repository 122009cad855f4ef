"""AWS's own lists: SES's account suppression list, and opt-out lists of End User Messaging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, ParamValidationError

from outbound.adapters.carriers.answers import clean, code_and_status
from outbound.domain.mirror import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mypy_boto3_pinpoint_sms_voice_v2 import PinpointSMSVoiceV2Client
    from mypy_boto3_sesv2 import SESV2Client

    from outbound.domain.address import Address
    from outbound.domain.mirror import Listed

NEVER = frozenset(
    {
        # SES takes no such address. https://docs.aws.amazon.com/ses/latest/APIReference-V2/
        "BadRequestException",
        # https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_ValidationException.html
        "CANNOT_PARSE",
        "CANNOT_ADD_OPTED_OUT_NUMBER",
        # Who opted out by a text must opt in by one.
        "PHONE_NUMBER_CANNOT_BE_OPTED_IN",
    }
)
"""What is refused for good. All else is tried again: throttling, rights, a list that isn't there
yet, a number that was opted in less than 30 days ago, and whatever AWS may say tomorrow."""


@dataclass(frozen=True, slots=True)
class AwsAccountLists:
    """All lists; `opt_out_lists` are those of numbers, by tenant and under `*`.

    The clients are made at the first address of their kind.
    """

    connect_email: Callable[[], SESV2Client]
    connect_phone: Callable[[], PinpointSMSVoiceV2Client]
    opt_out_lists: Mapping[str, Sequence[str]]

    def put(self, tenant: str, address: Address, listed: Listed) -> tuple[Answer, str]:
        """Put an address on its lists; both services take it again without complaint."""
        if address.kind == "email":
            reason: Any = listed.value
            return _ask(
                lambda: self.connect_email().put_suppressed_destination(
                    EmailAddress=address.value, Reason=reason
                )
            )
        return self._on_each_list(tenant, lambda name: self._opt_out(name, address))

    def remove(self, tenant: str, address: Address) -> tuple[Answer, str]:
        """Take an address off its lists."""
        if address.kind == "email":
            return _ask(
                lambda: self.connect_email().delete_suppressed_destination(
                    EmailAddress=address.value
                ),
                absent=("NotFoundException", None),
            )
        return self._on_each_list(tenant, lambda name: self._opt_in(name, address))

    def _on_each_list(
        self, tenant: str, work: Callable[[str], tuple[Answer, str]]
    ) -> tuple[Answer, str]:
        """What is to be tried again, else what is refused, else that all is done."""
        answers = [work(name) for name in self.opt_out_lists.get(tenant, ())]
        for answer in (Answer.LATER, Answer.NEVER):
            for each, code in answers:
                if each is answer:
                    return each, code
        return Answer.DONE, ""

    def _opt_out(self, name: str, address: Address) -> tuple[Answer, str]:
        return _ask(
            lambda: self.connect_phone().put_opted_out_number(
                OptOutListName=name, OptedOutNumber=address.value
            )
        )

    def _opt_in(self, name: str, address: Address) -> tuple[Answer, str]:
        return _ask(
            lambda: self.connect_phone().delete_opted_out_number(
                OptOutListName=name, OptedOutNumber=address.value
            ),
            absent=("ResourceNotFoundException", "opted-out-number"),
        )


def _ask(
    call: Callable[[], Any], *, absent: tuple[str, str | None] | None = None
) -> tuple[Answer, str]:
    """Call once; `absent` is what says that the address isn't on the list."""
    try:
        call()
    except ClientError as error:
        response: Any = error.response
        code, _ = code_and_status(error)
        if absent and (code, response.get("ResourceType")) == absent:
            return Answer.DONE, code
        reason = clean(response.get("Reason")) or code
        return (Answer.NEVER if reason in NEVER else Answer.LATER), reason
    except ParamValidationError:
        return Answer.NEVER, "ParamValidationError"
    except Exception as error:
        # Not reached, or an answer that botocore stumbles on.
        return Answer.LATER, type(error).__name__
    return Answer.DONE, ""
