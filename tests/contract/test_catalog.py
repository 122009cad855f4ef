"""Templates and keys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from outbound.adapters.dynamodb.keys import DynamoKeys
from outbound.domain.key import digest_of
from outbound.domain.sender import Sender
from outbound.domain.template import ANY_LOCALE, Head, Part, put_together
from outbound.domain.variable import Variable, VariableType
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel, Mode, Purpose, Scope
from tests import memory
from tests.builders import TENANT, make_content, make_key, make_template
from tests.memory.clock import START

SHIPPED = {Channel.SMS: make_content(), Channel.EMAIL: make_content(Channel.EMAIL)}
SECOND = timedelta(seconds=1)
MARKETING = {Channel.SMS: make_content(text="Wow ✨ {{ name }}")}


@pytest.fixture
def keys(port):
    return port(memory.MemoryKeys(), "catalog", DynamoKeys)


class TestTemplates:
    def put(self, templates, contents=SHIPPED, template_id="shipped", tenant=TENANT):
        draft = make_template(contents, template_id, tenant=tenant)
        return templates.put(draft, publish=True)

    def test_each_put_makes_a_version_and_the_latest_is_found(self, templates):
        first, second = self.put(templates), self.put(templates, MARKETING)
        assert (first.version, second.version) == (1, 2)
        assert templates.get(TENANT, "shipped") == second
        assert templates.get(TENANT, "shipped", 1) == first
        assert templates.get(TENANT, "shipped", 2) == second
        assert first.contents == SHIPPED

    def test_the_voice_of_a_call_belongs_to_a_version(self, templates):
        content = make_content(Channel.VOICE, ssml="<speak>Hello</speak>")
        german = {Channel.VOICE: replace(content, voice=VoiceChoice("HANS", "de-DE"))}
        self.put(templates, german)
        assert templates.get(TENANT, "shipped").contents == german

    def test_the_sender_of_an_email_belongs_to_a_version(self, templates):
        sender = Sender("news@clinic.test", 'The "good", Dr. Müller')
        content = {Channel.EMAIL: replace(make_content(Channel.EMAIL), sender=sender)}
        self.put(templates, content)
        assert templates.get(TENANT, "shipped").contents == content

    @pytest.mark.parametrize("version", [None, 1, 2, 99_999_999])
    def test_what_is_not_there_is_none(self, templates, version):
        assert templates.get(TENANT, "shipped", version) is None

    def test_an_id_that_begins_another_is_another(self, templates):
        self.put(templates, template_id="shipped-late")
        assert templates.get(TENANT, "shipped") is None
        assert self.put(templates, MARKETING).version == 1
        assert templates.get(TENANT, "shipped-late").contents == SHIPPED

    def test_tenants_are_apart(self, templates):
        self.put(templates)
        assert templates.get("other", "shipped") is None
        assert self.put(templates, MARKETING, tenant="other").version == 1
        assert templates.get(TENANT, "shipped").contents == SHIPPED

    def test_a_version_is_read_as_it_was_written(self, templates):
        """Languages, variables and parts too."""
        footer = {
            ANY_LOCALE: {Channel.SMS: {"text": "Bye ✨"}, Channel.EMAIL: {"text": "Bye"}},
            "fr": {Channel.SMS: {"text": "Au revoir"}},
        }
        variables = {
            "order": Variable(),
            "count": Variable(VariableType.INTEGER, default=2, example=3, sensitive=True),
            "lines": Variable(VariableType.LIST, required=False, example=[{"a": 1.5}]),
        }
        draft = put_together(
            make_template(
                SHIPPED,
                locale="en-GB",
                translations={"fr": MARKETING, "zh-Hant": SHIPPED},
                variables=variables,
                parts={"footer": Part(7, footer)},
            )
        )
        put = templates.put(draft, publish=True)
        assert put == replace(draft, version=1)
        assert templates.get(TENANT, "shipped") == put
        partial = templates.put(make_template(MARKETING, "footer", purpose=None), publish=True)
        assert templates.get(TENANT, "footer") == partial

    def test_the_published_version_is_found_by_default(self, templates):
        first = self.put(templates)
        second = templates.put(make_template(MARKETING), publish=False)
        assert templates.get(TENANT, "shipped") == first
        assert templates.head(TENANT, "shipped") == Head(
            "shipped", 2, 1, Purpose.TRANSACTIONAL, START
        )
        for version, found in ((2, second), (None, None), (1, first)):
            templates.publish(TENANT, "shipped", version, START + SECOND)
            assert templates.get(TENANT, "shipped") == found
            assert templates.head(TENANT, "shipped").published == version
        assert templates.get(TENANT, "shipped", 2) == second
        assert templates.head(TENANT, "shipped").updated_at == START + SECOND

    def test_what_was_never_published_is_found_by_version_alone(self, templates):
        draft = templates.put(make_template(), publish=False)
        assert templates.get(TENANT, "shipped") is None
        assert templates.get(TENANT, "shipped", 1) == draft
        assert templates.head(TENANT, "nothing") is None

    def test_heads_and_versions_come_page_by_page(self, templates):
        for name in ("b", "a-2", "a"):
            self.put(templates, template_id=name)
        for _ in range(2):
            self.put(templates, MARKETING, template_id="a")
        self.put(templates, template_id="a", tenant="other")

        found: list[Any] = []
        after = None
        while len(found) < 3:
            page = templates.heads(TENANT, limit=2, after=after)
            found, after = [*found, *page.heads], page.after
        numbers: list[Any] = []
        before = None
        while len(numbers) < 3:
            versions = templates.versions(TENANT, "a", limit=2, before=before)
            numbers, before = [*numbers, *versions.versions], versions.before

        assert [(head.id, head.latest) for head in found] == [("a", 3), ("a-2", 1), ("b", 1)]
        assert numbers == [(3, START), (2, START), (1, START)]
        assert templates.versions(TENANT, "nothing", limit=2, before=None).versions == ()

    def test_of_many_puts_at_once_each_makes_a_version(self, templates):
        with ThreadPoolExecutor(4) as pool:
            made = list(pool.map(lambda _: self.put(templates).version, range(8)))
        assert sorted(made) == list(range(1, 9))
        assert templates.get(TENANT, "shipped").version == 8


class TestKeys:
    def test_a_key_is_found_by_digest_and_by_id(self, keys):
        key = make_key(
            mode=Mode.TEST,
            scopes=frozenset({Scope.MESSAGES_READ}),
            purposes=frozenset(),
            expires_at=START + timedelta(days=1),
        )
        keys.insert(key)
        assert keys.by_digest(key.digest) == key
        assert keys.by_id(TENANT, key.id) == key

    def test_another_tenant_finds_nothing_and_revokes_nothing(self, keys):
        key = make_key()
        keys.insert(key)
        assert keys.by_id("other", key.id) is None
        assert keys.revoke("other", key.id, START) is None
        assert keys.by_digest(key.digest) == key

    def test_whoever_has_a_key_is_a_tenant(self, keys):
        assert list(keys.tenants()) == []
        for number, tenant in enumerate(["clinic", TENANT, "clinic"]):
            keys.insert(make_key(id=f"key_{number}", digest=digest_of(str(number)), tenant=tenant))
        assert list(keys.tenants()) == [TENANT, "clinic"]

    def test_unknown_keys_are_none(self, keys):
        assert keys.by_digest(digest_of("guessed")) is None
        assert keys.revoke(TENANT, "key_unknown", START) is None

    def test_revocation_holds_in_both_places_and_keeps_its_time(self, keys):
        key = make_key()
        keys.insert(key)
        revoked = keys.revoke(TENANT, key.id, START)
        assert revoked.revoked_at == START
        assert keys.revoke(TENANT, key.id, START + timedelta(days=1)) == revoked
        assert keys.by_digest(key.digest) == keys.by_id(TENANT, key.id) == revoked

    def test_all_that_a_key_has_is_kept(self, keys):
        key = make_key(
            allowed_addresses=("192.0.2.0/24", "2001:db8::/32"),
            limit_per_minute=60,
            replaces="key_00000000000000000000",
        )
        keys.insert(key)
        assert keys.by_digest(key.digest) == keys.by_id(TENANT, key.id) == key

    def test_a_tenants_keys_are_listed_newest_first_page_by_page(self, keys):
        ids = [f"key_0000000000000000000{number}" for number in range(5)]
        for key_id in ids:
            keys.insert(make_key(id=key_id, digest=digest_of(key_id)))
        keys.insert(make_key(id=ids[0], tenant="other", digest=digest_of("other")))
        seen, after = [], None
        while True:
            page = keys.newest(TENANT, limit=2, after=after)
            seen += [key.id for key in page.keys]
            after = page.after
            if after is None:
                break
        assert seen == ids[::-1]
        assert keys.newest("nobody", limit=2, after=None).keys == ()

    def test_a_rotation_stores_the_new_key_and_ends_the_old_one(self, keys):
        old = make_key()
        keys.insert(old)
        new = make_key(id="key_00000000000000000002", digest=digest_of("new"), replaces=old.id)
        end = START + timedelta(hours=1)
        assert keys.rotate(new, old.id, end)
        for ended in (keys.by_id(TENANT, old.id), keys.by_digest(old.digest)):
            assert (ended.expires_at, ended.replaced_by) == (end, new.id)
        assert keys.by_digest(new.digest) == new

    @pytest.mark.parametrize("how", ["revoked", "rotated", "unknown"])
    def test_a_key_that_has_ended_is_not_rotated_and_no_new_one_is_stored(self, keys, how):
        old = make_key()
        if how != "unknown":
            keys.insert(old)
        if how == "revoked":
            keys.revoke(TENANT, old.id, START)
        if how == "rotated":
            first = make_key(id="key_00000000000000000002", digest=digest_of("first"))
            assert keys.rotate(first, old.id, START)
        second = make_key(id="key_00000000000000000003", digest=digest_of("second"))
        assert not keys.rotate(second, old.id, START)
        assert keys.by_id(TENANT, second.id) is None

    def test_a_rotation_never_brings_a_revoked_key_back(self, keys):
        old = make_key()
        keys.insert(old)
        new = make_key(id="key_00000000000000000002", digest=digest_of("new"))
        keys.rotate(new, old.id, START + timedelta(days=1))
        keys.revoke(TENANT, old.id, START)
        assert keys.by_digest(old.digest).revoked_at == START

    def test_the_last_use_is_shown_and_makes_no_key(self, keys):
        key = make_key()
        keys.insert(key)
        keys.used(TENANT, key.id, START)
        assert keys.by_id(TENANT, key.id).last_used_at == START
        keys.used(TENANT, "key_unknown", START)
        assert keys.by_id(TENANT, "key_unknown") is None
