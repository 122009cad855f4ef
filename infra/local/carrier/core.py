"""The carrier: a request in, a response out, and receipts afterwards. It opens no socket."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

from infra.local.carrier import answers, replies
from infra.local.carrier.account import Ledger
from infra.local.carrier.errors import CallRefused
from infra.local.carrier.files import Files, as_named
from infra.local.carrier.operations import OPERATIONS, Accepted, Desk
from infra.local.carrier.operations.ses_bulk import is_entry_error
from infra.local.carrier.outbox import Item, Outbox, Played, Reply
from infra.local.carrier.parse import SNS, Call, read_call, recognise
from infra.local.carrier.receipts import Step, plan, write_receipt
from infra.local.carrier.recipients import channel_of, recipients_of_call
from infra.local.carrier.rules import Answer, Receipts, RuleBook
from infra.local.carrier.settings import Settings
from infra.local.carrier.sinks import Sink, nowhere
from infra.local.carrier.timetable import ByHand, Timetable
from infra.local.carrier.transport import Request, Response

logger = logging.getLogger(__name__)


def _new_id() -> str:
    return str(uuid4())


def _now() -> datetime:
    return datetime.now(UTC)


class Carrier:
    """Accepts calls of SES, SNS and End User Messaging, keeps them and plays receipts back.

    Without a timetable, receipts wait until `play_receipts` is called.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        sink: Sink = nowhere,
        files: Files = as_named,
        timetable: Timetable | None = None,
        now: Callable[[], datetime] = _now,
        new_id: Callable[[], str] = _new_id,
    ) -> None:
        self.settings = settings or Settings()
        self.rules = RuleBook()
        self.outbox = Outbox()
        self.ledger = Ledger()
        self.sink = sink
        self.files = files
        self._timetable = timetable or ByHand()
        self._now = now
        self._new_id = new_id

    def handle(self, request: Request) -> Response:
        """Answer a call."""
        found = recognise(request)
        if found is None:
            return answers.unknown_operation()
        service, operation = found
        try:
            call = read_call(service, operation, request)
            ruled = self._ruled_answer(call)
            if ruled.drop == "before":
                return Response(0, b"", silence_seconds=ruled.hang, lost=True)
            if ruled.garbage:
                return _on_the_line(answers.garbage(ruled.status), ruled)
            if ruled.error:
                return _on_the_line(answers.error(operation, _refusal(ruled)), ruled)
            accepted = OPERATIONS[call.name](call.parameters, self._desk())
        except CallRefused as refused:
            return answers.error(operation, refused)
        self._take_in(accepted)
        response = answers.result(operation, accepted.result)
        if ruled.body is not None:
            status = ruled.status or 200
            response = replace(response, status=status, body=ruled.body.encode())
        return _on_the_line(response, ruled)

    def play_receipts(self) -> int:
        """Play every receipt that waits, in order, where no clock does; tell how many."""
        if not isinstance(self._timetable, ByHand):
            raise TypeError("receipts of this carrier are played by the clock")
        return self._timetable.run_all()

    def reply(self, item: Item, text: str) -> Reply:
        """Have a person answer a text.

        Raises:
            NoReply: nobody can answer this message.
        """
        return replies.reply(
            item,
            text,
            ledger=self.ledger,
            outbox=self.outbox,
            sink=self.sink,
            now=self._now,
            new_id=self._new_id,
        )

    def _desk(self) -> Desk:
        return Desk(
            self.settings, self._now, self._new_id, self.ledger, self.files, self._entry_error
        )

    def _ruled_answer(self, call: Call) -> Answer:
        bulk = call.name == "SendBulkEmail"
        ruled = self.rules.answer(
            channel=channel_of(call.name),
            operation=call.name,
            recipients=recipients_of_call(call),
            fits=lambda answer: not (bulk and is_entry_error(answer.error)),
        )
        return ruled or Answer()

    def _entry_error(self, recipients: tuple[str, ...]) -> tuple[str, str] | None:
        ruled = self.rules.answer(
            channel="email",
            operation="SendBulkEmail",
            recipients=recipients,
            fits=lambda answer: is_entry_error(answer.error),
        )
        return (ruled.error, ruled.message or ruled.error) if ruled and ruled.error else None

    def _take_in(self, accepted: Accepted) -> None:
        for item in accepted.items:
            if item.rendering_error is None:
                self.outbox.add(item)
        for item in accepted.items:
            if item.service == SNS or item.configuration_set:
                self._plan_receipts(item)

    def _plan_receipts(self, item: Item) -> None:
        ruled = self.rules.receipts(
            channel=item.channel, operation=item.operation, recipients=item.recipients
        )
        ruled = ruled or Receipts()
        if ruled.lost:
            return
        delay = self.settings.receipt_delay if ruled.delay is None else ruled.delay
        steps = plan(item, unwanted=self._unwanted(), outcomes=ruled.outcomes)
        timed = [
            (step, item.at + timedelta(seconds=max(delay, 0.001) * number))
            for number, step in enumerate(steps, start=1)
        ]
        if ruled.order == "reversed":
            timed.reverse()
        for number, (step, at) in enumerate(timed, start=1):
            play = partial(self._play, item, step, at)
            for _ in range(ruled.times):
                if ruled.early:
                    play()
                else:
                    self._timetable.after(delay * number, play)

    def _unwanted(self) -> frozenset[str]:
        """All that stands on a list of the account's."""
        account = self.ledger.account
        listed = {
            address
            for address, entry in account.email.addresses.items()
            if entry.reason in account.email.suppressed
        }
        return account.phone.unwanted | listed | {*self.settings.opted_out}

    def _play(self, item: Item, step: Step, at: datetime) -> None:
        receipt = write_receipt(item, step, at=at, settings=self.settings)
        problem = None
        try:
            self.sink(receipt)
        except Exception as failed:
            logger.exception("a receipt could not be delivered")
            problem = str(failed)
        played = Played(receipt.outcome, self._now(), receipt.body, problem)
        self.outbox.note(item.provider_id, played)


def _on_the_line(response: Response, ruled: Answer) -> Response:
    return replace(
        response,
        headers={**response.headers, **ruled.headers},
        silence_seconds=ruled.hang,
        lost=ruled.drop == "after",
        half=ruled.drop == "within",
    )


def _refusal(ruled: Answer) -> CallRefused:
    code = ruled.error or ""
    members = {"Reason": ruled.reason} if ruled.reason else {}
    return CallRefused(code, ruled.message or f"{code} by rule.", status=ruled.status, **members)
