"""Linting a campaign as it is launched: its templates were stored earlier, under other rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from outbound.domain.errors import Fault, Refusal
from outbound.flow.manage.campaigns import place_of_template
from outbound.flow.manage.template_lint import lint_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outbound.domain.campaign import Settings
    from outbound.flow.manage.campaigns import CampaignPorts


def lint_campaign(settings: Settings, tenant: str, ports: CampaignPorts) -> None:
    """Look at what settled templates say on the campaign's channels, with the settings of now.

    Raises:
        Refusal: one of them breaks a rule.
    """
    faults = list(_faults(settings, tenant, ports))
    if faults:
        raise Refusal("broken_rule", faults[0].message, *faults)


def _faults(settings: Settings, tenant: str, ports: CampaignPorts) -> Iterator[Fault]:
    organisation = ports.organisations.get(tenant)
    for index, variant in enumerate(settings.variants):
        template = ports.templates.get(tenant, variant.template.id, variant.template.version)
        assert template is not None, "it was settled"
        for channel in settings.channels:
            try:
                lint_template(template.on(channel), organisation, ports.renderer)
            except Refusal as refusal:
                pointer = place_of_template(index, settings)
                for each in refusal.faults:
                    message = f"In its {each.pointer.removeprefix('/')}: {each.message}"
                    yield replace(each, pointer=pointer, message=message)
