"""The operations: each checks what AWS checks and says what was accepted."""

from infra.local.carrier.operations.accepted import Accepted, Desk
from infra.local.carrier.operations.end_user_messaging import (
    send_media_message,
    send_text_message,
    send_voice_message,
)
from infra.local.carrier.operations.ses import send_email
from infra.local.carrier.operations.ses_bulk import send_bulk_email
from infra.local.carrier.operations.sns import publish

OPERATIONS = {
    "SendEmail": send_email,
    "SendBulkEmail": send_bulk_email,
    "SendTextMessage": send_text_message,
    "SendVoiceMessage": send_voice_message,
    "SendMediaMessage": send_media_message,
    "Publish": publish,
}

__all__ = ["OPERATIONS", "Accepted", "Desk"]
