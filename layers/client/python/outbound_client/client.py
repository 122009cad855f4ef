"""The client: one method for each thing that the API can be asked."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING, Any, Self, Unpack

from outbound_client.alerts import AlertCalls
from outbound_client.budgets import BudgetCalls
from outbound_client.campaigns import CampaignCalls
from outbound_client.connection import Connection
from outbound_client.contact_lists import ListCalls
from outbound_client.coupons import CouponCalls
from outbound_client.errors import NotReached
from outbound_client.imports import ImportCalls
from outbound_client.models import (
    BatchAnswer,
    BatchItem,
    CreatedKey,
    DryRun,
    Key,
    KeyPage,
    Media,
    Message,
    MessagePage,
    Preview,
    PriceTable,
    Programme,
    ProgrammePage,
    SentTest,
    SentTests,
    Settings,
    SignedEvidence,
    SignUpForm,
    Template,
    TemplateHead,
    TemplatePage,
    TemplateVersionPage,
    Tester,
    TesterList,
    VerifiedEvidence,
    Webhook,
    WebhookList,
    WebhookTest,
)
from outbound_client.reminders import ReminderCalls
from outbound_client.requests import (
    body_of,
    checked_idempotency_key,
    message_body,
    path_to,
    query_of,
)
from outbound_client.retry import Retry
from outbound_client.routes import RouteCalls
from outbound_client.rules import RuleCalls
from outbound_client.segments import SegmentCalls
from outbound_client.stats import StatsCalls

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    import httpx

    from outbound_client.connection import A
    from outbound_client.requests import (
        Content,
        ItemFields,
        MessageFields,
        OnPage,
        RouteItemFields,
        TemplateChoice,
        To,
        VariableFields,
    )

_NOTHING_FOLLOWS = frozenset({"blocked", "cancelled", "expired", "failed"})


class OutboundClient(
    AlertCalls,
    BudgetCalls,
    CampaignCalls,
    CouponCalls,
    ImportCalls,
    ListCalls,
    ReminderCalls,
    RouteCalls,
    RuleCalls,
    SegmentCalls,
    StatsCalls,
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
        return self._post(Message, "/v1/messages", body, idempotency_key)

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
        return self._post(BatchAnswer, "/v1/messages/batch", body, idempotency_key).items

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

    def put_template(
        self,
        template_id: str,
        *,
        channels: Mapping[str, Content],
        purpose: str | None = None,
        locale: str | None = None,
        locales: Mapping[str, Mapping[str, Content]] | None = None,
        variables: Mapping[str, VariableFields] | None = None,
        partial: bool | None = None,
        publish: bool | None = None,
    ) -> Template:
        """Store a template; new content makes a new version, the same content doesn't.

        It has a purpose, or is `partial`: a layout or part of others. It is sent where no version
        is named, unless `publish` is False.
        """
        body = body_of(
            purpose=purpose,
            channels=channels,
            locale=locale,
            locales=locales,
            variables=variables,
            partial=partial,
            publish=publish,
        )
        return self._api.ask(Template, "PUT", path_to("templates", template_id), body=body)

    def list_templates(self, limit: int | None = None, cursor: str | None = None) -> TemplatePage:
        """A page of templates by their ids; the next begins at its `next_cursor`."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(TemplatePage, "GET", "/v1/templates", query=query)

    def list_template_versions(
        self, template_id: str, limit: int | None = None, cursor: str | None = None
    ) -> TemplateVersionPage:
        """A page of a template's versions, newest first."""
        path = f"{path_to('templates', template_id)}/versions"
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(TemplateVersionPage, "GET", path, query=query)

    def publish_template(self, template_id: str, version: int) -> Template:
        """Make a version, an earlier one too, the one that is sent where none is named."""
        path = f"{path_to('templates', template_id)}/publish"
        return self._api.ask(Template, "POST", path, body={"version": version})

    def withdraw_template(self, template_id: str) -> TemplateHead:
        """Send no version any longer where none is named; what was accepted still goes."""
        return self._api.ask(TemplateHead, "DELETE", path_to("templates", template_id))

    def get_template(self, template_id: str, version: int | None = None) -> Template:
        """A template's version; by default the latest, published or not."""
        query = query_of(version=version)
        return self._api.ask(Template, "GET", path_to("templates", template_id), query=query)

    def preview_template(
        self,
        template_id: str,
        *,
        data: Mapping[str, Any] | None = None,
        contact_id: str | None = None,
        version: int | None = None,
        locale: str | None = None,
        channel: str | None = None,
    ) -> Preview:
        """A template as somebody would get it, and what is wrong with it; nothing is sent."""
        body = body_of(
            data=data, contact_id=contact_id, version=version, locale=locale, channel=channel
        )
        path = f"{path_to('templates', template_id)}/preview"
        return self._api.ask(Preview, "POST", path, body=body)

    def send_test(
        self,
        template_id: str,
        testers: Sequence[str],
        *,
        data: Mapping[str, Any] | None = None,
        version: int | None = None,
        locale: str | None = None,
        channel: str | None = None,
        idempotency_key: str | None = None,
    ) -> tuple[SentTest, ...]:
        """Send a template to verified testers, on each channel that their address serves."""
        body = body_of(
            testers=list(testers), data=data, version=version, locale=locale, channel=channel
        )
        path = f"{path_to('templates', template_id)}/test-send"
        return self._post(SentTests, path, body, idempotency_key).items

    def put_settings(
        self,
        *,
        name: str,
        postal_address: str | None = None,
        phone: str | None = None,
        website: str | None = None,
        locale: str | None = None,
        timezone: str | None = None,
    ) -> Settings:
        """Say who you are, whole: what isn't given is no longer said."""
        body = body_of(
            name=name,
            postal_address=postal_address,
            phone=phone,
            website=website,
            locale=locale,
            timezone=timezone,
        )
        return self._api.ask(Settings, "PUT", "/v1/settings", body=body)

    def get_settings(self) -> Settings:
        """Who you say you are."""
        return self._api.ask(Settings, "GET", "/v1/settings")

    def put_tester(
        self, tester_id: str, *, email: str | None = None, phone: str | None = None
    ) -> Tester:
        """Invite a tester, by an email address or a phone number: it is sent a code."""
        body = body_of(email=email, phone=phone)
        return self._api.ask(Tester, "PUT", path_to("testers", tester_id), body=body)

    def verify_tester(self, tester_id: str, code: str) -> Tester:
        """Take the code that a tester was sent; a wrong one is a Problem `wrong_code`."""
        path = f"{path_to('testers', tester_id)}/verify"
        return self._api.ask(Tester, "POST", path, body={"code": code})

    def list_testers(self) -> tuple[Tester, ...]:
        """All testers."""
        return self._api.ask(TesterList, "GET", "/v1/testers").items

    def remove_tester(self, tester_id: str) -> Tester:
        """Remove a tester; their address is forgotten."""
        return self._api.ask(Tester, "DELETE", path_to("testers", tester_id))

    def get_evidence(self, message_id: str) -> SignedEvidence:
        """All that shows why a message was sent and what became of it, signed; keep its `jws`."""
        return self._api.ask(SignedEvidence, "GET", f"{path_to('messages', message_id)}/evidence")

    def verify_evidence(self, jws: str) -> VerifiedEvidence:
        """Whether this deployment has signed it for you, and nothing was changed since."""
        body = {"jws": jws}
        return self._api.ask(VerifiedEvidence, "POST", "/v1/evidence/verify", body=body)

    def put_webhook(
        self, webhook_id: str, url: str, *, types: Sequence[str] | None = None
    ) -> Webhook:
        """Be told at a URL what becomes of messages, of all types if none is named.

        What it returns has a `secret` where the webhook is new, this once.
        """
        body = body_of(url=url, types=list(types) if types is not None else None)
        return self._api.ask(Webhook, "PUT", path_to("webhooks", webhook_id), body=body)

    def get_webhook(self, webhook_id: str) -> Webhook:
        """A webhook: whether it takes what it is sent, and what became of the last test."""
        return self._api.ask(Webhook, "GET", path_to("webhooks", webhook_id))

    def list_webhooks(self) -> tuple[Webhook, ...]:
        """All webhooks."""
        return self._api.ask(WebhookList, "GET", "/v1/webhooks").items

    def rotate_webhook(self, webhook_id: str, overlap: str | None = None) -> Webhook:
        """Give a webhook a new `secret`; those before sign as well for the overlap (P1D)."""
        path = f"{path_to('webhooks', webhook_id)}/rotate"
        return self._api.ask(Webhook, "POST", path, body=body_of(overlap=overlap))

    def test_webhook(self, webhook_id: str) -> str:
        """Send a webhook a test, once; the id of its event."""
        path = f"{path_to('webhooks', webhook_id)}/test"
        return self._api.ask(WebhookTest, "POST", path).event_id

    def delete_webhook(self, webhook_id: str) -> Webhook:
        """Remove a webhook; nothing is sent there any more."""
        return self._api.ask(Webhook, "DELETE", path_to("webhooks", webhook_id))

    def put_programme(
        self,
        programme_id: str,
        *,
        name: str,
        purpose: str,
        channels: Sequence[str],
        level: str,
        wording: Mapping[str, str],
        topic: str | None = None,
        keyword: str | None = None,
        brand: str | None = None,
        continue_to: str | None = None,
    ) -> Programme:
        """Make or replace what people sign up for; `wording` is by language: `{"en": "…"}`.

        `keyword` is what they text behind JOIN, `continue_to` where they may go on to.
        """
        body = body_of(
            name=name,
            purpose=purpose,
            channels=list(channels),
            level=level,
            wording=dict(wording),
            topic=topic,
            keyword=keyword,
            brand=brand,
            continue_to=continue_to,
        )
        return self._api.ask(Programme, "PUT", path_to("programmes", programme_id), body=body)

    def get_programme(self, programme_id: str) -> Programme:
        """A programme, as it is now."""
        return self._api.ask(Programme, "GET", path_to("programmes", programme_id))

    def get_sign_up_form(self, programme_id: str, language: str | None = None) -> SignUpForm:
        """The page to sign up with, and a form for a page of yours, in a language."""
        path = f"{path_to('programmes', programme_id)}/form"
        return self._api.ask(SignUpForm, "GET", path, query=query_of(language=language))

    def list_programmes(self, limit: int | None = None, cursor: str | None = None) -> ProgrammePage:
        """A page of the tenant's programmes, by id; the next begins at its `next_cursor`."""
        query = query_of(limit=limit, cursor=cursor)
        return self._api.ask(ProgrammePage, "GET", "/v1/programmes", query=query)

    def delete_programme(self, programme_id: str) -> Programme:
        """Remove a programme; what people have said for it stays said."""
        return self._api.ask(Programme, "DELETE", path_to("programmes", programme_id))

    def get_prices(self, country: str | None = None) -> PriceTable:
        """The prices that estimates are made of: of one country (US), or all."""
        return self._api.ask(PriceTable, "GET", "/v1/prices", query=query_of(country=country))

    def upload_media(
        self,
        name: str,
        content: bytes,
        *,
        type: str,
        expires_in: str | None = None,
        page: OnPage | None = None,
        idempotency_key: str | None = None,
    ) -> Media:
        """Upload a file, which messages name by its id; look at `state`, it may be `rejected`.

        `expires_in` is how long it is kept, in ISO 8601: `P30D`. `page` is what the page to which
        `{{ "med_…"|media_page }}` leads says beside it.
        """
        digest = hashlib.sha256(content).hexdigest()
        body = body_of(
            name=name,
            type=type,
            size=len(content),
            sha256=digest,
            expires_in=expires_in,
            page=page,
        )
        media = self._post(Media, "/v1/media", body, idempotency_key)
        if media.upload is not None:
            self._api.upload(media.upload, content)
        return self.get_media(media.id)

    def get_media(self, media_id: str) -> Media:
        """A file, as it stands."""
        return self._api.ask(Media, "GET", path_to("media", media_id))

    def delete_media(self, media_id: str) -> Media:
        """Remove a file; messages that still need it will fail."""
        return self._api.ask(Media, "DELETE", path_to("media", media_id))

    def create_key(
        self,
        *,
        name: str,
        mode: str,
        scopes: Sequence[str],
        purposes: Sequence[str],
        expires_at: datetime | str | None = None,
        allowed_addresses: Sequence[str] = (),
        limit_per_minute: int | None = None,
        idempotency_key: str | None = None,
    ) -> CreatedKey:
        """Make an API key with at most the rights of this one.

        `allowed_addresses` are IP addresses or networks that it may be used from, none meaning all.

        Nobody can tell a secret twice: where `secret` is None, the key had been made by an earlier
        request whose answer was lost. Revoke it, and make another with another idempotency key.
        """
        body = body_of(
            name=name,
            mode=mode,
            scopes=list(scopes),
            purposes=list(purposes),
            expires_at=expires_at,
            allowed_addresses=list(allowed_addresses) or None,
            limit_per_minute=limit_per_minute,
        )
        return self._post(CreatedKey, "/v1/keys", body, idempotency_key)

    def list_keys(self, limit: int | None = None, cursor: str | None = None) -> KeyPage:
        """A page of the tenant's keys, newest first; the next begins at its `next_cursor`."""
        return self._api.ask(KeyPage, "GET", "/v1/keys", query=query_of(limit=limit, cursor=cursor))

    def get_key(self, key_id: str) -> Key:
        """An API key, without its secret."""
        return self._api.ask(Key, "GET", path_to("keys", key_id))

    def rotate_key(
        self, key_id: str, *, overlap: str = "PT24H", idempotency_key: str | None = None
    ) -> CreatedKey:
        """A new key with the same rights; the old one goes on for `overlap`, at most P30D."""
        path = f"{path_to('keys', key_id)}/rotate"
        return self._post(CreatedKey, path, {"overlap": overlap}, idempotency_key)

    def revoke_key(self, key_id: str) -> Key:
        """Revoke an API key; it is refused everywhere within a minute."""
        return self._api.ask(Key, "DELETE", path_to("keys", key_id))

    def _post(self, answer: type[A], path: str, body: Mapping[str, Any], key: str | None) -> A:
        headers = {"Idempotency-Key": checked_idempotency_key(key)}
        return self._api.ask(answer, "POST", path, body=body, headers=headers)
