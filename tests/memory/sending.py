"""Messages from intake to receipt, over the ports in memory."""

from __future__ import annotations

from outbound.domain.words import Channel
from outbound.flow.deliver import Deliver
from outbound.flow.enclosures import MediaIntake
from outbound.flow.feedback import Feedback
from outbound.flow.intake import Intake
from outbound.flow.reminders.ports import ReminderPorts, TendingPorts
from outbound.flow.schedule import Schedule
from outbound.flow.testers import TesterPorts
from tests.memory.settled import LEASE, PAGES_URL, RATE
from tests.memory.stores import Stores


class Sending(Stores):
    """The stages of one message."""

    @property
    def intake(self) -> Intake:
        return Intake(
            clock=self.clock,
            tokens=self.tokens,
            gate=self.gate,
            messages=self.messages,
            templates=self.templates,
            idempotency=self.idempotency,
            renderer=self.renderer,
            terms=self.terms,
            queue=self.queue,
            media=MediaIntake(self.media, self.files, mms=self.mms),
            senders=self.senders,
            coupons=self.coupons,
            pages_url=PAGES_URL,
            organisations=self.organisations,
        )

    @property
    def deliver(self) -> Deliver:
        return Deliver(
            channel=Channel.SMS,
            clock=self.clock,
            messages=self.messages,
            gate=self.gate,
            suppressions=self.suppressions,
            correlation=self.correlation,
            templates=self.templates,
            renderer=self.renderer,
            carrier=self.carrier,
            rehearsal=self.rehearsal,
            stops=self.stops,
            signals=self.signals,
            lease=LEASE,
            media=self.media,
            coupons=self.coupons,
            short_links=self.short_links,
            pages_url=PAGES_URL,
            mms=self.mms,
            campaigns=self.campaigns,
            alerts=self.alerts,
            budgets=self.budgets,
            senders=self.senders,
        )

    @property
    def feedback(self) -> Feedback:
        return Feedback(
            clock=self.clock,
            messages=self.messages,
            suppressions=self.suppressions,
            soft_bounces=self.soft_bounces,
            gate=self.gate,
            correlation=self.correlation,
            held=self.held,
            signals=self.signals,
        )

    @property
    def schedule(self) -> Schedule:
        return Schedule(
            clock=self.clock,
            messages=self.messages,
            queue=self.queue,
            cursor=self.cursor,
            stops=self.stops,
            signals=self.signals,
            rates={Channel.SMS: RATE},
            reminders=self.reminders,
            tasks=self.reminder_tasks,
        )

    @property
    def reminder_ports(self) -> ReminderPorts:
        return ReminderPorts(self.intake, self.reminders, self.reminder_tasks)

    @property
    def tending(self) -> TendingPorts:
        return TendingPorts(self.intake, self.reminders, self.scheduler, self.signals)

    @property
    def tester_ports(self) -> TesterPorts:
        return TesterPorts(self.testers, self.intake)
