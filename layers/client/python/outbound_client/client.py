"""The client: one method for each thing that the API can be asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from outbound_client.alerts import AlertCalls
from outbound_client.budgets import BudgetCalls
from outbound_client.campaigns import CampaignCalls
from outbound_client.checks import CheckCalls
from outbound_client.connection import Connection
from outbound_client.consents import ConsentCalls
from outbound_client.contact_lists import ListCalls
from outbound_client.contacts import ContactCalls
from outbound_client.coupons import CouponCalls
from outbound_client.decisions import DecisionCalls
from outbound_client.evidence import EvidenceCalls
from outbound_client.imports import ImportCalls
from outbound_client.keys import KeyCalls
from outbound_client.media import MediaCalls
from outbound_client.messages import MessageCalls
from outbound_client.prices import PriceCalls
from outbound_client.programmes import ProgrammeCalls
from outbound_client.reminders import ReminderCalls
from outbound_client.retry import Retry
from outbound_client.routes import RouteCalls
from outbound_client.rules import RuleCalls
from outbound_client.segments import SegmentCalls
from outbound_client.settings import SettingsCalls
from outbound_client.stats import StatsCalls
from outbound_client.suppressions import SuppressionCalls
from outbound_client.templates import TemplateCalls
from outbound_client.testers import TesterCalls
from outbound_client.webhooks import WebhookCalls

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx


class OutboundClient(
    AlertCalls,
    BudgetCalls,
    CampaignCalls,
    CheckCalls,
    ConsentCalls,
    ContactCalls,
    CouponCalls,
    DecisionCalls,
    EvidenceCalls,
    ImportCalls,
    KeyCalls,
    ListCalls,
    MediaCalls,
    MessageCalls,
    PriceCalls,
    ProgrammeCalls,
    ReminderCalls,
    RouteCalls,
    RuleCalls,
    SegmentCalls,
    SettingsCalls,
    StatsCalls,
    SuppressionCalls,
    TemplateCalls,
    TesterCalls,
    WebhookCalls,
):
    """Outbound's API, for one API key.

    Every request is safe to repeat, and is repeated a few times when no answer comes or the API
    is busy. Each method raises Problem, Unreachable or UnreadableAnswer, and ValueError for what
    can't be sent at all. `transport`, `sleep` and `clock` are there for tests.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: float = 10,
        retry: Retry | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._api = Connection(
            url,
            api_key,
            timeout=timeout,
            transport=transport,
            retry=retry or Retry(),
            sleep=sleep,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._api.close()
