"""What the carriers say of a message afterwards, in AWS's formats."""

from datetime import datetime

from infra.local.carrier.outbox import Item
from infra.local.carrier.parse import END_USER_MESSAGING, SES
from infra.local.carrier.receipts.phone_events import phone_event
from infra.local.carrier.receipts.plan import Step, plan
from infra.local.carrier.receipts.receipt import Receipt
from infra.local.carrier.receipts.ses_events import ses_event
from infra.local.carrier.receipts.sns_logs import delivery_log
from infra.local.carrier.settings import Settings

__all__ = ["Receipt", "Step", "plan", "write_receipt"]


def write_receipt(item: Item, step: Step, *, at: datetime, settings: Settings) -> Receipt:
    """Write one receipt as the service that sent the message writes it."""
    if item.service == SES:
        route, body = "email", ses_event(item, step, at, settings)
    elif item.service == END_USER_MESSAGING:
        route, body = "phone", phone_event(item, step.outcome, at)
    else:
        route, body = delivery_log(item, step.outcome, at)
    return Receipt(item.provider_id, step.outcome, route, body)
