"""Templates: kept in versions, shown, and sent to testers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outbound_client.models import (
    Preview,
    SentTest,
    SentTests,
    Template,
    TemplateHead,
    TemplatePage,
    TemplateVersionPage,
)
from outbound_client.requests import body_of, path_to, query_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from outbound_client.connection import Connection
    from outbound_client.requests import Content, VariableFields


class TemplateCalls:
    """The calls on templates."""

    _api: Connection

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
        return self._api.post(SentTests, path, body, idempotency_key).items
