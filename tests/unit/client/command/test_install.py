"""`outbound templates install`."""

from outbound_client import ready_made
from tests.unit.client.conftest import TEMPLATE


def test_they_are_installed_by_name_behind_their_layout(api, outbound):
    for _ in range(2):
        api.answer(201, TEMPLATE)

    result = outbound("templates", "install", "offer")

    assert result.code == 0
    assert [str(each.url.path) for each in api.asked] == [
        "/v1/templates/layout",
        "/v1/templates/offer",
    ]
    assert api.body() == ready_made.document("offer")


def test_all_are_installed_where_none_is_named(api, outbound):
    for _ in range(7):
        api.answer(201, TEMPLATE)

    assert outbound("templates", "install").code == 0
    assert [each.url.path.rpartition("/")[2] for each in api.asked[1:]] == list(ready_made.NAMES)


def test_one_that_there_is_not_is_named_beside_those_there_are(outbound):
    result = outbound("templates", "install", "birthday")

    assert result.code != 0
    assert "There is no ready-made template birthday; there are: appointment," in result.err
