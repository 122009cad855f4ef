"""Campaigns and alerts, over the ports in memory."""

from __future__ import annotations

from outbound.adapters.expressions.expressions import JinjaExpressions
from outbound.adapters.recipient_lines import RecipientLines
from outbound.flow.alerts.ports import AlertPorts, SendPorts
from outbound.flow.bulk.ports import Bulk
from outbound.flow.expand.ports import Expand
from outbound.flow.manage.campaigns import CampaignPorts
from outbound.flow.run_exports.keeping import ExportPorts as RunExportPorts
from outbound.flow.run_exports.working import Exporting
from tests.memory.sending import Sending
from tests.memory.settled import PAGES_URL, RETENTION, SECRET


class SendingMany(Sending):
    """The stages of messages to many."""

    @property
    def bulk(self) -> Bulk:
        return Bulk(
            deliver=self.deliver,
            runs=self.runs,
            terms=self.terms,
            organisations=self.organisations,
            queue=self.chunks,
        )

    @property
    def expand(self) -> Expand:
        return Expand(
            clock=self.clock,
            secret=SECRET,
            campaigns=self.campaigns,
            runs=self.runs,
            messages=self.messages,
            contacts=self.contacts,
            segments=self.segments,
            expressions=JinjaExpressions(),
            rulebook=self.rulebook,
            queue=self.chunks,
            tasks=self.tasks,
            stops=self.stops,
            signals=self.signals,
            retention=RETENTION,
        )

    @property
    def campaign_ports(self) -> CampaignPorts:
        return CampaignPorts(
            clock=self.clock,
            tokens=self.tokens,
            campaigns=self.campaigns,
            runs=self.runs,
            templates=self.templates,
            coupons=self.coupons,
            senders=self.senders,
            segments=self.segments,
            renderer=self.renderer,
            organisations=self.organisations,
            idempotency=self.idempotency,
            tasks=self.tasks,
        )

    @property
    def run_export_ports(self) -> RunExportPorts:
        return RunExportPorts(
            clock=self.clock,
            campaigns=self.campaigns,
            runs=self.runs,
            exports=self.run_exports,
            files=self.export_files,
            tasks=self.tasks,
        )

    @property
    def run_exporting(self) -> Exporting:
        return Exporting(self.run_export_ports, self.messages, RecipientLines(), SECRET)

    @property
    def alert_ports(self) -> AlertPorts:
        return AlertPorts(
            clock=self.clock,
            tokens=self.tokens,
            alerts=self.alerts,
            runs=self.runs,
            templates=self.templates,
            renderer=self.renderer,
            segments=self.segments,
            testers=self.testers,
            gate=self.gate,
            organisations=self.organisations,
            idempotency=self.idempotency,
            tasks=self.tasks,
        )

    @property
    def alert_sending(self) -> SendPorts:
        return SendPorts(
            clock=self.clock,
            alerts=self.alerts,
            runs=self.runs,
            gate=self.gate,
            segments=self.segments,
            expressions=JinjaExpressions(),
            testers=self.testers,
            templates=self.templates,
            organisations=self.organisations,
            renderer=self.renderer,
            terms=self.terms,
            senders=self.senders,
            numbers=self.numbers,
            messages=self.messages,
            queue=self.queue,
            tasks=self.tasks,
            pages_url=PAGES_URL,
        )
