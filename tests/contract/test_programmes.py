"""What people can sign up for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from outbound.adapters.dynamodb.programmes import DynamoProgrammes
from outbound.domain.consent import Level
from outbound.domain.words import Channel
from outbound.ports import KeywordTaken
from tests import memory
from tests.builders import TENANT, make_programme

SPRING = make_programme(
    wording={"en": "Yes, news.", "fr": "Oui, des nouvelles."},
    keyword="spring",
    brand="Acme Gardens",
    continue_to="https://acme.example.com/thanks",
)
PLAIN = make_programme(
    "plain", topic=None, channels=frozenset({Channel.EMAIL}), level=Level.EXPRESS
)


@pytest.fixture
def programmes(port):
    return port(memory.MemoryProgrammes(), "catalog", DynamoProgrammes)


def test_what_was_never_made_is_not_there(programmes):
    assert programmes.get(TENANT, "spring") is None
    assert programmes.by_keyword(TENANT, "spring") is None
    programmes.delete(TENANT, "spring")


@pytest.mark.parametrize("programme", [SPRING, PLAIN], ids=["whole", "plain"])
def test_all_of_a_programme_is_kept_for_its_tenant(programmes, programme):
    programmes.put(programme)
    assert programmes.get(TENANT, programme.id) == programme
    assert programmes.get("other", programme.id) is None


def test_a_keyword_leads_to_its_programme_and_follows_it(programmes):
    programmes.put(SPRING)
    assert programmes.by_keyword(TENANT, "spring") == SPRING
    assert programmes.by_keyword("other", "spring") is None
    changed = replace(SPRING, keyword="flowers")
    programmes.put(changed)
    assert programmes.by_keyword(TENANT, "spring") is None
    assert programmes.by_keyword(TENANT, "flowers") == changed
    programmes.put(replace(SPRING, keyword=None))
    assert programmes.by_keyword(TENANT, "flowers") is None
    programmes.put(SPRING)
    assert programmes.by_keyword(TENANT, "spring") == SPRING


def test_a_keyword_is_of_one_programme_until_it_is_given_up(programmes):
    programmes.put(SPRING)
    other = replace(SPRING, id="other")
    with pytest.raises(KeywordTaken):
        programmes.put(other)
    assert programmes.get(TENANT, "other") is None
    programmes.put(replace(other, tenant="other"))
    programmes.put(replace(SPRING, name="Replaced"))
    programmes.delete(TENANT, "spring")
    assert programmes.by_keyword(TENANT, "spring") is None
    programmes.put(other)
    assert programmes.by_keyword(TENANT, "spring") == other


def test_of_many_at_once_one_gets_the_keyword(programmes):
    def put(number: int) -> bool:
        try:
            programmes.put(replace(SPRING, id=f"p{number}"))
        except KeywordTaken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(put, range(8))) == 1
    found = programmes.page(TENANT, limit=10, after=None).programmes
    assert [programmes.by_keyword(TENANT, "spring")] == list(found)


def test_pages_go_by_id(programmes):
    for name in "cab":
        programmes.put(replace(PLAIN, id=name))
    programmes.put(replace(PLAIN, id="z", tenant="other"))
    first = programmes.page(TENANT, limit=2, after=None)
    assert [each.id for each in first.programmes] == ["a", "b"]
    rest = programmes.page(TENANT, limit=2, after=first.after)
    assert [each.id for each in rest.programmes] == ["c"]
    assert rest.after is None
