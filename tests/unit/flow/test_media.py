import hashlib
from datetime import timedelta

import pytest

from outbound.domain.errors import Refusal
from outbound.domain.media import MediaState
from outbound.flow.media import announce, delete, find
from tests.builders import PNG, make_key, make_new_media
from tests.memory.clock import START


def uploaded(world, content=PNG, **changes):
    made = announce(make_new_media(**changes), make_key(), world.media_ports)
    world.files.upload(made.form, content)
    return made


def test_an_announced_file_waits_for_its_upload(world):
    made = announce(make_new_media(), make_key(), world.media_ports)

    assert made.media.id.startswith("med_")
    assert made.media.expires_at == START + timedelta(days=30)
    assert find(made.media.id, make_key(), world.media_ports).state is MediaState.WAITING


def test_what_was_uploaded_as_announced_is_ready_and_looked_at_once(world):
    made = uploaded(world, sha256=hashlib.sha256(PNG).hexdigest())

    found = find(made.media.id, make_key(), world.media_ports)
    assert (found.state, found.reason) == (MediaState.READY, None)
    assert find(made.media.id, make_key(), world.media_ports) == found
    assert world.files.looked_at == 1
    assert world.files.read(found) == PNG


@pytest.mark.parametrize(
    ("content", "reason"),
    [(PNG + b".", "wrong_size"), (b"MZ".ljust(100, b"."), "wrong_type")],
)
def test_what_is_not_as_announced_is_rejected_for_good(world, content, reason):
    made = uploaded(world, content)
    found = find(made.media.id, make_key(), world.media_ports)
    assert (found.state, found.reason) == (MediaState.REJECTED, reason)

    world.files.upload(made.form, PNG)
    assert find(made.media.id, make_key(), world.media_ports) == found
    assert not world.files.kept


def test_another_content_under_the_same_form_never_takes_the_place_of_a_ready_one(world):
    made = uploaded(world)
    found = find(made.media.id, make_key(), world.media_ports)
    world.files.upload(made.form, b"MZ".ljust(100, b"."))

    assert find(made.media.id, make_key(), world.media_ports).state is MediaState.READY
    assert world.files.read(found) == PNG


def test_the_same_request_announces_once(world):
    request = make_new_media(idempotency_key="menu", fingerprint="one")
    first = announce(request, make_key(), world.media_ports)
    world.clock.advance(timedelta(minutes=5))
    again = announce(request, make_key(), world.media_ports)

    assert (again.media, again.replayed) == (first.media, True)
    assert again.form is not None
    assert again.form.expires_at == world.clock.now() + timedelta(minutes=15)
    assert len(world.media.announced) == 1


def test_a_file_of_another_tenant_is_unknown(world):
    made = uploaded(world)
    for ask in (find, delete):
        with pytest.raises(Refusal) as refused:
            ask(made.media.id, make_key(tenant="other"), world.media_ports)
        assert refused.value.code == "unknown_media"
    assert world.files.incoming


def test_a_deleted_file_is_unknown_and_gone(world):
    made = uploaded(world)
    find(made.media.id, make_key(), world.media_ports)
    delete(made.media.id, make_key(), world.media_ports)

    assert not world.files.incoming
    assert not world.files.kept
    with pytest.raises(Refusal, match="unknown_media"):
        find(made.media.id, make_key(), world.media_ports)
