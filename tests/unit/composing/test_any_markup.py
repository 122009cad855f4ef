"""Whatever authors put together: it is composed with all of its tags, or refused with its place."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from outbound.adapters.composing.composer import EmailComposer
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.ports import TemplateFault
from tests.unit.composing.conftest import mjml

PIECES = st.sampled_from(
    [
        "text",
        "{{ a }}",
        "{{ 'x' if a < 2 else '>' }}",
        "<br>",
        "&amp; &nbsp;",
        "é 🙂",
        "a < b",
        "{# c #}",
    ]
)
WRAPS = st.sampled_from(
    [
        "<b>{}</b>",
        "<p>{}",
        "<p class='x'>{}</p>",
        "{{% if a %}}{}{{% else %}}no{{% endif %}}",
        "{{% for x in [1, 2] %}}{}{{% endfor %}}",
        "<table>{}</table>",
        "<tr>{}</tr>",
        "<td>{}</td>",
        "<ul><li>{}<li>{}</ul>",
        "<a href='https://x.org/{{{{ a }}}}'>{}</a>",
        "<!-- {} -->",
        "<mj-text>{}</mj-text>",
        "</div>{}",
    ]
)


def _wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    together = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.builds(lambda wrap, text: wrap.format(*[text] * wrap.count("{}")), WRAPS, together)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.recursive(PIECES, _wrapped, max_leaves=10), st.booleans())
def test_tags_keep_their_order_or_the_markup_is_refused(source, as_mjml):
    name = "mjml" if as_mjml else "html"
    body = mjml(f"<mj-text>{source}</mj-text>") if as_mjml else source
    try:
        bodies = EmailComposer().compose({"subject": "x", name: body}, locale="en")
    except TemplateFault as fault:
        assert re.match(rf"{name} can't be used, line 1: ", fault.message)
        return

    statements = re.compile(r"\{%.*?%\}|\{#.*?#\}")
    assert statements.findall(bodies["html"]) == statements.findall(body)
    assert bodies["html"].count("{{") == body.count("{{")
    sent = JinjaRenderer().render(Content(Channel.EMAIL, bodies), {"a": 1})
    assert "tag0x" not in "".join(sent.values())
