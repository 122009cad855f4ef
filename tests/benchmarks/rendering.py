"""What it costs to render a typical email and text, beside bare Jinja2 with the same sources."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment

from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS, RUNS = 7, 2_000
TEXT = "{{ name }}, your order {{ order }} leaves on {{ day }}. Track it: {{ url }}"
SUBJECT = "Order {{ order }} is on its way"
PLAIN = """Dear {{ name }},

your order {{ order }} leaves on {{ day }}.
{% for line in lines %}
- {{ line.count }} x {{ line.title }}: {{ line.price }}
{% endfor %}
{% if note %}{{ note }}{% endif %}
Track it: {{ url }}
{% include "footer" %}"""
BASE = """<!doctype html><html lang="en"><head><title>{{ order }}</title></head><body>
<table role="presentation" width="100%"><tr><td>{% block main %}{% endblock %}</td></tr></table>
{% include "footer" %}</body></html>"""
PAGE = """{% extends "base" %}{% block main %}<h1>Dear {{ name }},</h1>
<p>your order {{ order }} leaves on {{ day }}.</p>
<table>{% for line in lines %}
<tr><td>{{ line.count }}</td><td>{{ line.title }}</td><td>{{ line.price }}</td></tr>
{% endfor %}</table>
{% if note %}<p>{{ note }}</p>{% endif %}
<p><a href="{{ url }}">Track it</a></p>{% endblock %}"""
FOOTER = {
    "text": "Plan {{ contact.attributes.plan }}. To end these: {{ links.unsubscribe }}",
    "html": "<p>Plan {{ contact.attributes.plan }}. <a href='{{ links.unsubscribe }}'>End</a></p>",
}
SCOPE: dict[str, Any] = {
    "name": "Zoë O'Neill",
    "order": "A-77",
    "day": "3 December",
    "url": "https://shop.example.com/track/A-77",
    "note": "Leave it with the neighbours.",
    "lines": [
        {"count": count, "title": f"Thing & {count}", "price": f"{count}.50"} for count in range(3)
    ],
    "contact": {"attributes": {"plan": "pro"}},
    "links": {"unsubscribe": "https://mail.example.com/u/abcdefghijklmnopqrstuvwxyz"},
}
SMS = Content(Channel.SMS, {"text": TEXT})
EMAIL = Content(
    Channel.EMAIL,
    {"subject": SUBJECT, "text": PLAIN, "html": PAGE},
    parts={"base": {"html": BASE}, "footer": FOOTER},
)


def table() -> Iterator[tuple[str, float, float]]:
    """Microseconds for a message: ours, and bare Jinja2's."""
    renderer = JinjaRenderer()
    for name, content in (("text", SMS), ("email with layout and footer", EMAIL)):
        bare = _bare(content)
        assert bare() == renderer.render(content, SCOPE)
        ours, theirs = _compared(partial(renderer.render, content, SCOPE), bare)
        yield name, ours, theirs


def _bare(content: Content) -> Callable[[], object]:
    templates = {}
    for name, source in content.bodies.items():
        sources = {part: had[name] for part, had in content.parts.items() if name in had}
        environment = Environment(
            loader=DictLoader({**sources, "body": source}),
            autoescape=name == "html",
            keep_trailing_newline=True,
            auto_reload=False,
        )
        templates[name] = environment.get_template("body")
    return lambda: {name: template.render(SCOPE) for name, template in templates.items()}


def _compared(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Microseconds of both, in turns, so that what else the machine does slows both."""
    rounds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for run, spent in zip((one, other), rounds, strict=True):
            begun = time.process_time()
            for _ in range(RUNS):
                run()
            spent.append((time.process_time() - begun) / RUNS * 1e6)
    return statistics.median(rounds[0]), statistics.median(rounds[1])
