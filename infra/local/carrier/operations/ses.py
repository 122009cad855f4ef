"""SES v2 SendEmail."""

from typing import Any

from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.operations.ses_checks import (
    check_configuration_set,
    check_identity,
    check_recipients,
    check_size,
    recipients_of,
    ses_id,
    tags_of,
)
from infra.local.carrier.operations.ses_content import Content, read_content, render
from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import SES, refusal


def send_email(parameters: dict[str, Any], desk: Desk) -> Accepted:
    """Accept one email."""
    content = read_content(parameters["Content"])
    sender = parameters.get("FromEmailAddress") or content.sender
    if not sender:
        raise refusal(SES, "A From address is required.")
    check_identity(sender, desk.settings)
    configuration_set = check_configuration_set(
        parameters.get("ConfigurationSetName"), desk.settings
    )
    destination = parameters.get("Destination") or {"ToAddresses": list(content.to)}
    check_recipients(destination)
    tags = tags_of(parameters.get("EmailTags", ()))
    content = render(content, content.data)
    check_size(content)
    item = email_item(
        content,
        operation="SendEmail",
        sender=sender,
        destination=destination,
        reply_to=parameters.get("ReplyToAddresses", ()),
        tags=tags,
        configuration_set=configuration_set,
        desk=desk,
    )
    return Accepted({"MessageId": item.provider_id}, (item,))


def email_item(
    content: Content,
    *,
    operation: str,
    sender: str,
    destination: dict[str, list[str]],
    reply_to: list[str],
    tags: dict[str, str],
    configuration_set: str | None,
    desk: Desk,
) -> Item:
    """Make the message that an email is in the outbox."""
    to, cc, bcc = recipients_of(destination)
    answered = (("Reply-To", ", ".join(reply_to)),) if reply_to else ()
    return Item(
        provider_id=ses_id(desk.now(), desk.new_id()),
        service=SES,
        operation=operation,
        channel="email",
        to=to,
        cc=cc,
        bcc=bcc,
        sender=sender,
        at=desk.now(),
        subject=content.subject,
        text=content.text,
        html=content.html,
        headers=answered + content.headers,
        attachments=content.attachments,
        tags=tags,
        configuration_set=configuration_set,
        rendering_error=content.rendering_error,
    )
