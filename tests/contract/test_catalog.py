"""Templates and keys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from outbound.domain.key import digest_of
from outbound.domain.sender import Sender
from outbound.domain.voices import VoiceChoice
from outbound.domain.words import Channel, Mode, Purpose, Scope
from tests.builders import TENANT, make_content, make_key
from tests.memory.clock import START

SHIPPED = {Channel.SMS: make_content(), Channel.EMAIL: make_content(Channel.EMAIL)}
MARKETING = {Channel.SMS: make_content(text="Wow ✨ {{ name }}")}


class TestTemplates:
    def put(self, templates, contents=SHIPPED, template_id="shipped", tenant=TENANT):
        return templates.put(tenant, template_id, Purpose.TRANSACTIONAL, contents, START)

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
