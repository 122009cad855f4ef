import pytest

from outbound.adapters.composing.composer import EmailComposer


@pytest.fixture
def compose():
    composer = EmailComposer()

    def compose(**changes):
        options = {
            "locale": changes.pop("locale", "en"),
            "partial": changes.pop("partial", False),
            "parts": changes.pop("parts", {}),
        }
        return composer.compose(changes, **options)

    return compose


def mjml(content: str, head: str = "") -> str:
    return (
        f"<mjml><mj-head>{head}</mj-head><mj-body><mj-section><mj-column>"
        f"{content}</mj-column></mj-section></mj-body></mjml>"
    )
