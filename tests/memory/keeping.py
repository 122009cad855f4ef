"""The keeping of what there is, over the ports in memory."""

from __future__ import annotations

from outbound.flow.auditing import AuditPorts
from outbound.flow.erasing import ErasurePorts
from outbound.flow.exporting import ExportPorts
from outbound.flow.forgetting import UnderWay
from outbound.flow.manage.contacts import ContactPorts
from outbound.flow.manage.coupons import CouponPorts
from outbound.flow.manage.keys import KeyPorts
from outbound.flow.manage.suppressions import SuppressionPorts
from outbound.flow.manage.templates import TemplatePorts
from outbound.flow.media import MediaPorts
from outbound.flow.run_exports.withdrawing import Exported
from outbound.flow.traces import Traces
from outbound.flow.unlisting import Lists
from tests.memory.campaigns import MemoryRunTraces
from tests.memory.settled import SECRET
from tests.memory.stores import Stores


class Keeping(Stores):
    """The stages that keep something."""

    @property
    def people(self) -> ContactPorts:
        return ContactPorts(self.clock, self.tokens, SECRET, self.contacts, self.ledger)

    @property
    def audit_ports(self) -> AuditPorts:
        return AuditPorts(self.clock, self.tokens, SECRET, self.ledger)

    @property
    def suppression_ports(self) -> SuppressionPorts:
        return SuppressionPorts(self.suppressions, self.audit_ports)

    @property
    def erasure_ports(self) -> ErasurePorts:
        return ErasurePorts(
            people=self.people,
            messages=self.messages,
            ledger=self.ledger,
            media=self.media,
            files=self.files,
            erasures=self.erasures,
            tasks=self.tasks,
            short_links=self.short_links,
            reminders=self.reminders,
            alerts=self.alerts,
            traces=Traces(
                SECRET, self.contacts, self.ledger, self.testers, self.corrections, self.changes
            ),
            lists=Lists(self.segments, self.campaigns),
            under_way=UnderWay(
                self.contacts, self.campaigns, self.alerts, self.runs, MemoryRunTraces(self.runs)
            ),
            exported=Exported(self.run_exports, self.export_files),
            schedules=lambda: self.scheduler,
        )

    @property
    def export_ports(self) -> ExportPorts:
        return ExportPorts(self.erasure_ports, self.last_words, self.coupons)

    @property
    def key_ports(self) -> KeyPorts:
        return KeyPorts(
            clock=self.clock, tokens=self.tokens, keys=self.keys, idempotency=self.idempotency
        )

    @property
    def template_ports(self) -> TemplatePorts:
        return TemplatePorts(
            self.clock,
            self.templates,
            self.renderer,
            self.senders,
            self.organisations,
            self.composer,
        )

    @property
    def media_ports(self) -> MediaPorts:
        return MediaPorts(self.clock, self.tokens, SECRET, self.media, self.files, self.idempotency)

    @property
    def coupon_ports(self) -> CouponPorts:
        return CouponPorts(self.clock, self.coupons, self.media, self.files, self.tasks)
