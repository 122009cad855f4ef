"""The text part that is derived: in lines, with its links."""

import pytest


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Hello</h1><p>One\n two<br>three</p>four", "Hello\n\nOne two\nthree\n\nfour\n"),
        (
            '<p>See <a href="https://x.org/a?b=1&amp;c=2">the list</a>.</p>',
            "See the list <https://x.org/a?b=1&c=2>.\n",
        ),
        ('<a href="https://x.org">https://x.org</a>', "https://x.org\n"),
        ('<a href="tel:+1555">+1555</a> <a href="mailto:a@x.org">us</a>', "+1555 us <a@x.org>\n"),
        ('<a href="{{ links.unsubscribe }}">Stop</a>', "Stop <{{ links.unsubscribe }}>\n"),
        (
            '<a href="https://x.org"><img src="https://x.org/a.png" alt="Our shop"></a>',
            "Our shop <https://x.org>\n",
        ),
        ("<ul><li>one</li><li>two</li></ul>end", "- one\n- two\n\nend\n"),
        (
            "<table><tr><td>Total</td><td>{{ sum }}</td></tr><tr><td>b</td></tr></table>",
            "Total {{ sum }}\nb\n",
        ),
        (
            '<div style="display:none">no</div><style>p{}</style><p>&lt;b&gt; &amp; &euro;</p>',
            "<b> & €\n",
        ),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb\n"),
        (
            "<p>Dear {% if n %}{{ n }}{% else %}you{% endif %},</p>",
            "Dear {% if n %}{{ n }}{% else %}you{% endif %},\n",
        ),
        ("<p>a</p>{% if x %}<p>b</p>{% endif %}<p>c</p>", "a{% if x %}\n\nb{% endif %}\n\nc\n"),
        (
            "<p>a</p>{% for x in y %}<div>{{ x }}</div>{% endfor %}<p>c</p>",
            "a\n{% for x in y %}\n{{ x }}{% endfor %}\n\nc\n",
        ),
        (
            "<p>{% for x in y %}{{ x }}, {% endfor %}and</p>",
            "{% for x in y %}{{ x }}, {% endfor %}and\n",
        ),
        (
            "a<p>{% if n %}Dear {{ n }}{% else %}Hi{% endif %}, b</p>",
            "a\n\n{% if n %}Dear {{ n }}{% else %}Hi{% endif %}, b\n",
        ),
        ("a{% if x %}<p>b</p>{% else %}c{% endif %}", "a{% if x %}\n\nb{% else %}c{% endif %}\n"),
        (
            "<h2>{{ n }}</h2><div> {% block a %} {% endblock %} </div><p>end</p>",
            "{{ n }}\n\n{% block a %}{% endblock %}\n\nend\n",
        ),
        (
            "<p>a</p>{% include 'b' %}<p>c</p>",
            "a\n\n{% include 'b' %}\n\nc\n",
        ),
        ("<!-- note --><!--[if mso]>x<![endif]-->a", "a\n"),
    ],
)
def test_a_text_says_what_the_html_says(compose, html, text):
    assert compose(html=html)["text"] == text
