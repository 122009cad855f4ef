"""Stands in for the carriers behind AWS: accepts what SES, SNS and End User Messaging accept."""

from infra.local.carrier.core import Carrier
from infra.local.carrier.hook import attach, installed
from infra.local.carrier.receipts import Receipt
from infra.local.carrier.rules import Answer, Receipts, Rule
from infra.local.carrier.settings import Settings

__all__ = ["Answer", "Carrier", "Receipt", "Receipts", "Rule", "Settings", "attach", "installed"]
