"""Every way out of a Jinja sandbox that we know of, and what makes a rendering grow: refused."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from outbound.adapters.templates import bounds
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.ports import MissingVariable, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA: Mapping[str, Any] = {
    "x": "text",
    "n": 7,
    "xs": list(range(1000)),
    "o": {"a": {"b": 1}},
    "name": "__class__",
    "big": "<" * 30_000,
}
# Sources: the sandbox's CVEs (2016-10745, 2019-10906, 2024-56201, 2024-56326, 2025-27516), and what
# is used against Jinja2 without a sandbox (PayloadsAllTheThings, HackTricks).
ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''[name] }}",
    "{{ x['__cl' ~ 'ass__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ x|attr('__cl' ~ 'ass__') }}",
    "{{ x|attr('form' ~ 'at') }}",
    "{{ xs|map('upper')|list }}",
    "{{ xs|map(attribute='__class__')|list }}",
    "{{ [x]|map('attr', '__class__')|list }}",
    "{{ xs|groupby('__class__') }}",
    "{{ xs|selectattr('__class__')|list }}",
    "{{ xs|sum(attribute='__class__') }}",
    "{{ xs|join(attribute='__class__') }}",
    "{{ xs|sort(attribute='__class__')|join }}",
    "{{ xs|max(attribute='__class__') }}",
    "{{ xs|unique(attribute='__class__')|join }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '{0.__class__}'|format(x) }}",
    "{{ ('{0.__class__}'|string).format_map(o) }}",
    "{{ '%(a)s' % o }}",
    "{{ x.upper() }}",
    "{{ x.format }}",
    "{{ o.items() }}",
    "{{ o.pop('a') }}",
    "{{ xs.append(1) }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ cycler }}",
    "{{ joiner }}",
    "{{ lipsum.__globals__ }}",
    "{{ lipsum(n=1000) }}",
    "{{ namespace(a=1) }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ request.application.__globals__ }}",
    "{{ config }}",
    "{{ url_for.__globals__ }}",
    "{{ undefined_thing.__class__ }}",
    "{{ x.nothing.__class__ }}",
    "{{ loop }}",
    "{% for i in xs %}{{ loop.__class__ }}{% endfor %}",
    "{% for i in xs %}{{ loop }}{% endfor %}",
    "{% for i in xs %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for i in xs %}{{ loop.changed(i) }}{% endfor %}",
    "{% for i in xs recursive %}{{ loop(xs) }}{% endfor %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m() }}",
    "{% call x() %}{% endcall %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% include x %}",
    "{% include ['x', 'y'] %}",
    "{% include '/etc/passwd' %}",
    "{% include '../x' %}",
    "{% extends x %}",
    "{% set o.a = 1 %}",
    "{% set x.__class__ = 1 %}",
    "{% set _x = 1 %}{{ _x }}",
    "{% set a %}{{ x }}{% endset %}{{ a.__class__ }}",
    "{% filter upper %}{{ x }}{% endfilter %}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
    "{{ big|safe }}",
    "{{ x|pprint }}",
    "{{ o|tojson }}",
    "{{ o|xmlattr }}",
    "{{ x|urlize }}",
    "{{ [x]|random }}",
    "{{ xs|batch(2)|list }}",
    "{{ xs|slice(2)|list }}",
    "{{ o|dictsort }}",
    "{{ x is filter }}",
    "{{ x is callable }}",
    "{% do x.upper() %}",
    "{% trans %}{{ x }}{% endtrans %}",
    "{% debug %}",
    "{% with a = x %}{{ a }}{% endwith %}",
    "{% break %}",
    "{{ super() }}",
    "{{ super.__class__ }}",
    "{{ super()['x'] }}",
    "{{ super()|upper }}",
    "{{ x|date(style='short', locale=o) }}",
    "{{ n|plural(other=o) }}",
    "{{ n|money(o) }}",
    "{{ n|counted steps }}",
    "{{ 0 .__class__ }}",
    "{{ ()|first }}{{ {} }}",
    "{{ x ~ [o] }}",
]
GROWING = [
    "{{ 'a' * 999999999 }}",
    "{{ x * n ** n ** n }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 10**9 }}",
    "{{ xs * 1000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ (1,) * 1000000000 }}",
    "{{ xs + xs }}",
    "{{ x|center(1000000000) }}",
    "{{ x|indent(1000000000) }}",
    "{{ x|wordwrap(0) }}",
    "{{ '%1000000000d' % n }}",
    "{{ 1|round(1000000000, 'ceil') }}",
    "{{ n|number(1000000000) }}",
    "{{ big|replace('', big) }}",
    "{{ big|replace('<', big) }}",
    "{{ xs|join(big) }}",
    "{% set a = big %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "{% set a = 999999999 %}" + "{% set a = a * a %}" * 60 + "{{ a }}",
    "{% for i in xs %}" * 3 + "{{ i }}" + "{% endfor %}" * 3,
    "{% for i in xs %}{% for j in xs %}{% endfor %}{% endfor %}",
    "{% for i in xs %}{{ big }}{% endfor %}",
    "{{ big }}" * 1500,
    "{% for i in big %}{% for j in big %}{% if i == j %}{% endif %}{% endfor %}{% endfor %}",
    "{% for i in xs %}" + "{% set a = big|upper|lower|title|urlencode %}" * 50 + "{% endfor %}",
    "{% for i in xs %}{{ n|money('EUR') }}{{ n|number }}{{ n|percent }}{{ n }}{% endfor %}" * 9,
    "{% for i in xs %}{{ big|sort|join|length }}{% endfor %}",
    "{{" + "(" * 500 + "n" + ")" * 500 + "}}",
    "{{ " + "-" * 5000 + "n }}",
    "{% if n %}" * 500 + "{% endif %}" * 500,
    "{{ n" + " + n" * 20_000 + " }}",
    "{{ x" + "|upper" * 5000 + " }}",
    "x" * 200_001,
]
BODIES = ("text", "html")
renderer = JinjaRenderer()


def said(body: str, source: str, **parts: str) -> str:
    content = Content(
        Channel.EMAIL, {body: source}, parts={name: {body: each} for name, each in parts.items()}
    )
    return renderer.render(content, DATA)[body]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("source", ESCAPES)
def test_an_escape_is_refused(body, source):
    with pytest.raises((TemplateFault, MissingVariable)):
        said(body, source)


@pytest.mark.parametrize("source", [each for each in ESCAPES if "{% extends" not in each])
def test_an_escape_in_a_part_is_refused_too(source):
    if "super" in source:
        source = f"{{% block other %}}{source}{{% endblock %}}"
    with pytest.raises((TemplateFault, MissingVariable)):
        said("html", "{% include 'part' %}", part=source)
    with pytest.raises((TemplateFault, MissingVariable)):
        said(
            "html",
            "{% extends 'part' %}{% block a %}{{ super() }}{% endblock %}",
            part=(f"{{% block a %}}{source}{{% endblock %}}"),
        )


@pytest.mark.timeout(20)
@pytest.mark.parametrize("source", GROWING, ids=range(len(GROWING)))
def test_what_grows_is_stopped(source):
    with pytest.raises(TemplateFault):
        said("text", source)


def test_bounds_hold_across_layouts_and_parts():
    rows = "{% for i in xs %}{% include 'row' %}{% endfor %}"
    base = "{% block a %}{% for i in xs %}{{ i }}{% endfor %}{% endblock %}"
    with pytest.raises(TemplateFault, match="steps"):
        said("text", rows, row="{% for j in xs %}{{ j }}{% endfor %}")
    with pytest.raises(TemplateFault, match="bytes"):
        said("text", "{% include 'row' %}" * 27, row="{{ big }}")
    with pytest.raises(TemplateFault, match="steps"):
        said(
            "text",
            "{% extends 'base' %}{% block a %}{% for k in xs %}{{ super() }}{% endfor %}"
            "{% endblock %}",
            base=base,
        )


@pytest.mark.parametrize(("sign", "bytes_"), [("a", 1), ("é", 2), ("語", 3), ("🎉", 4)])
def test_what_is_given_is_bounded_in_bytes_whatever_the_script(sign, bytes_):
    most = bounds.OUTPUT // 20 // bytes_
    data = {"part": sign * most}

    def given(times):
        return renderer.render(Content(Channel.EMAIL, {"text": "{{ part }}" * times}), data)

    assert bounds.OUTPUT - 100 < len(given(20)["text"].encode()) <= bounds.OUTPUT
    with pytest.raises(TemplateFault, match="bytes"):
        given(21)


GROWTH = """
import resource, sys
from outbound.adapters.templates.renderer import JinjaRenderer
from outbound.domain.content import Content
from outbound.domain.words import Channel
from outbound.ports import TemplateFault
from tests.unit.adapters.test_template_escapes import DATA, GROWING
renderer = JinjaRenderer()
renderer.render(Content(Channel.EMAIL, {"html": "{{ n|money('EUR') }}", "text": "{{ n }}"}), DATA)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for source in GROWING:
    try:
        renderer.render(Content(Channel.EMAIL, {"html": source}), DATA)
    except TemplateFault:
        continue
    raise SystemExit(f"rendered: {source[:80]}")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_hostile_templates_take_little_memory():
    """In a process of its own, whose address space is bounded as well."""
    limit = 2_000_000_000
    done = subprocess.run(
        [sys.executable, "-c", GROWTH],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.returncode == 0, done.stderr
    grown = int(done.stdout) / 1000
    print(f"{len(GROWING)} hostile templates: {grown:.0f} MB")
    assert grown < 100
