"""Ready-made templates as people read them."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from outbound.adapters.api.template_requests import read_template
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.locale import Formatting
from outbound.domain.organisation import Organisation
from outbound.flow.manage.templates import put
from outbound_client import ready_made
from tests.builders import TENANT
from tests.memory.clock import START
from tests.memory.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outbound.domain.template import Template
    from outbound.domain.words import Channel

NAME, ADDRESS, PHONE = "Green Street Clinic", "12 Green Street, Portland, OR 97201", "+15035550142"
CLINIC = Organisation(NAME, ADDRESS, PHONE)
LINKS = {"unsubscribe": "https://example.org/u/x", "preferences": "https://example.org/p/x"}
EACH = [(name, locale) for name in ready_made.NAMES for locale in ready_made.LOCALES]


@cache
def stored() -> Mapping[str, Template]:
    """All of them, and their layout, as they are stored."""
    world = World()
    # Not the port in memory: these templates use all of the language.
    world.renderer = JinjaRenderer()  # type: ignore[assignment]
    world.organisations.put(TENANT, CLINIC)
    templates = {}
    for name in (ready_made.LAYOUT, *ready_made.NAMES):
        text = json.dumps(ready_made.document(name))
        draft, publish = read_template(text, TENANT, name, START)
        templates[name] = put(draft, world.template_ports, publish=publish)[0].template
    return templates


def read(template_id: str, locale: str, **changes: Any) -> Mapping[Channel, Mapping[str, str]]:
    """What somebody reads and hears of one; a variable that is None is left out."""
    template = stored()[template_id]
    data = {**ready_made.examples(template_id), **changes}
    scope = {
        **{each: value for each, value in data.items() if value is not None},
        "organisation": CLINIC.said(),
        "message": {"purpose": str(template.purpose)},
        "links": LINKS,
    }
    formatting = Formatting(locale, "America/Los_Angeles")
    bodies = {}
    for channel in template.contents:
        content = template.content(channel, locale)
        assert content is not None
        bodies[channel] = JinjaRenderer().render(content, scope, formatting)
    return bodies
