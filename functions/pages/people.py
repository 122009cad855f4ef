"""Pages for recipients, by links that stood in messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outbound.adapters.pages.alert import alert_page
from outbound.adapters.pages.confirm import confirm_page
from outbound.adapters.pages.correct import correct_page
from outbound.adapters.pages.media import captions_of, media_page
from outbound.adapters.pages.people import preferences_page, unsubscribe_page
from outbound.adapters.pages.short import short_link
from outbound.adapters.pages.sign_up import sign_up_page
from outbound.wiring import catalog, links
from outbound.wiring import pages as wiring

if TYPE_CHECKING:
    from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

METHODS = ["GET", "HEAD", "POST"]
LOOKING = ["GET", "HEAD"]


def routes(app: APIGatewayHttpResolver) -> None:
    """Add the routes of recipients."""

    @app.route("/u/<token>", method=METHODS)
    def unsubscribe(token: str) -> Response[str]:
        return unsubscribe_page(token, app.current_event, wiring.page_ports())

    @app.route("/l/<token>", method=LOOKING)
    def short(token: str) -> Response[str]:
        return short_link(token, app.current_event, wiring.follow_ports())

    @app.route("/m/<token>", method=LOOKING)
    def media(token: str) -> Response[str]:
        return media_page(token, app.current_event, wiring.media_page_ports())

    @app.route("/m/<token>/captions", method=LOOKING)
    def media_captions(token: str) -> Response[str]:
        return captions_of(token, app.current_event, wiring.media_page_ports())

    @app.route("/s/<token>", method=METHODS)
    def sign_up(token: str) -> Response[str]:
        return sign_up_page(token, app.current_event, links.signed(), wiring.sign_up_ports())

    @app.route("/c/<token>", method=METHODS)
    def confirm(token: str) -> Response[str]:
        return confirm_page(token, app.current_event, wiring.page_ports(), wiring.sign_up_ports())

    @app.route("/p/<token>", method=METHODS)
    def preferences(token: str) -> Response[str]:
        return preferences_page(
            token,
            app.current_event,
            wiring.page_ports(),
            wiring.sign_up_ports(),
        )

    @app.route("/e/<token>", method=METHODS)
    def alert(token: str) -> Response[str]:
        return alert_page(token, app.current_event, wiring.acknowledge_ports())

    @app.route("/a/<token>", method=METHODS)
    def correct(token: str) -> Response[str]:
        return correct_page(token, app.current_event, wiring.page_ports(), catalog.corrections())
