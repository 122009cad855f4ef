"""Messages: sent one by one or in batches, looked at, moved and called off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from outbound_client.errors import NotReached
from outbound_client.models import (
    BatchAnswer,
    BatchItem,
    DryRun,
    Message,
    MessagePage,
    TriedBatch,
    TriedItem,
)
from outbound_client.requests import body_of, message_body, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from outbound_client.connection import Connection
    from outbound_client.requests import (
        Content,
        ItemFields,
        MessageFields,
        RouteItemFields,
        TemplateChoice,
        To,
    )

_NOTHING_FOLLOWS = frozenset({"blocked", "cancelled", "expired", "failed"})


class MessageCalls:
    """The calls on messages."""

    _api: Connection
    _sleep: Callable[[float], None]
    _clock: Callable[[], float]

    def send_message(
        self,
        *,
        to: To,
        channel: str,
        purpose: str,
        content: Content | None = None,
        template: TemplateChoice | None = None,
        data: Mapping[str, Any] | None = None,
        topic: str | None = None,
        send_at: datetime | str | None = None,
        expires_at: datetime | str | None = None,
        on_unconfirmed: str | None = None,
        coupon_pool: str | None = None,
        idempotency_key: str | None = None,
    ) -> Message:
        """Send one message, of inline `content` or a stored `template`.

        Two calls with one `idempotency_key` send once. Give one of your own (an order's number)
        wherever your program itself may run twice; without it, each call is a new message.
        """
        body = message_body(
            to=to,
            channel=channel,
            purpose=purpose,
            content=content,
            template=template,
            data=data,
            topic=topic,
            send_at=send_at,
            expires_at=expires_at,
            on_unconfirmed=on_unconfirmed,
            coupon_pool=coupon_pool,
        )
        return self._api.post(Message, "/v1/messages", body, idempotency_key)

    def try_message(self, **message: Unpack[MessageFields]) -> DryRun:
        """What would become of a message (as `send_message` takes it): nothing is sent or kept."""
        query = {"dry_run": "true"}
        return self._api.ask(
            DryRun, "POST", "/v1/messages", body=message_body(**message), query=query
        )

    def send_batch(
        self,
        messages: Sequence[ItemFields | RouteItemFields],
        *,
        idempotency_key: str | None = None,
    ) -> tuple[BatchItem, ...]:
        """Send up to 500 messages; each item has its message or route, or why there is none.

        A message may have a `client_token` of its own, which sends once across batches.
        """
        body = {"messages": [body_of(**message) for message in messages]}
        return self._api.post(BatchAnswer, "/v1/messages/batch", body, idempotency_key).items

    def try_batch(self, messages: Sequence[ItemFields | RouteItemFields]) -> tuple[TriedItem, ...]:
        """What would become of a batch (as `send_batch` takes it): nothing is sent or kept."""
        query = {"dry_run": "true"}
        body = {"messages": [body_of(**message) for message in messages]}
        return self._api.ask(TriedBatch, "POST", "/v1/messages/batch", body=body, query=query).items

    def reschedule_message(
        self,
        message_id: str,
        *,
        send_at: datetime | str,
        expires_at: datetime | str | None = None,
    ) -> Message:
        """Let a message that has not left leave at another time.

        `send_at` may be a time on the contact's clock: `"2026-12-24T09:00"`.
        """
        body = body_of(send_at=send_at, expires_at=expires_at)
        return self._api.ask(Message, "PATCH", path_to("messages", message_id), body=body)

    def cancel_message(self, message_id: str) -> Message:
        """Cancel a message that has not left; one that has is a Problem `not_cancellable`."""
        return self._api.ask(Message, "POST", f"{path_to('messages', message_id)}/cancel")

    def get_message(self, message_id: str) -> Message:
        """A message with its timeline, as it stands."""
        return self._api.ask(Message, "GET", path_to("messages", message_id))

    def list_messages(
        self,
        contact_id: str,
        limit: int | None = None,
        cursor: str | None = None,
        status: Collection[str] = (),
    ) -> MessagePage:
        """A page of a contact's messages, newest first; the next begins at its `next_cursor`.

        With `status`, only those in one of these statuses; the page may then be short.
        """
        chosen = ",".join(status) or None
        query = query_of(contact_id=contact_id, limit=limit, cursor=cursor, status=chosen)
        return self._api.ask(MessagePage, "GET", "/v1/messages", query=query)

    def iterate_messages(
        self,
        contact_id: str,
        limit: int | None = None,
        cursor: str | None = None,
        status: Collection[str] = (),
    ) -> Iterator[Message]:
        """All of a contact's messages, newest first, read in pages of `limit`."""
        while True:
            page = self.list_messages(contact_id, limit, cursor, status)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return

    def wait_for(
        self,
        message_id: str,
        until: Collection[str],
        timeout: float = 60,
        poll: float = 1,
    ) -> Message:
        """The message, as soon as its status is one of `until`.

        Raises:
            NotReached: the time is over, or the message ended in a status that nothing follows.
        """
        end = self._clock() + timeout
        while True:
            message = self.get_message(message_id)
            if message.status in until:
                return message
            left = end - self._clock()
            if left <= 0 or message.status in _NOTHING_FOLLOWS:
                raise NotReached(message)
            self._sleep(min(poll, left))
