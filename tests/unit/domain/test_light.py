"""Light classes are what they were, but for the time that one takes to be made."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from outbound.domain.light import light


@dataclass(frozen=True, slots=True)
class Firm:
    name: str
    size: int = 1
    tags: frozenset[str] = field(default_factory=frozenset)
    label: str = field(init=False)
    kind: str = field(default="plain", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", f"{self.name} {self.size}")


@light
@dataclass(frozen=True, slots=True)
class Light:
    name: str
    size: int = 1
    tags: frozenset[str] = field(default_factory=frozenset)
    label: str = field(init=False)
    kind: str = field(default="plain", init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", f"{self.name} {self.size}")


@pytest.mark.parametrize("kind", [Firm, Light])
def test_it_is_made_compared_hashed_and_changed_like_any_other(kind):
    one = kind("a", tags=frozenset({"x"}))

    assert (one.name, one.size, one.tags, one.label) == ("a", 1, frozenset({"x"}), "a 1")
    assert one == kind("a", 1, frozenset({"x"}))
    assert hash(one) == hash(kind("a", 1, frozenset({"x"})))
    assert replace(one, size=2) == kind("a", 2, frozenset({"x"}))
    assert kind("b").tags == frozenset()


@pytest.mark.parametrize("kind", [Firm, Light])
@pytest.mark.parametrize("given", [{}, {"name": "a", "sise": 2}, {"name": "a", "label": "b"}])
def test_what_it_is_made_of_is_named_rightly_or_refused(kind, given):
    with pytest.raises(TypeError):
        kind(**given)


def test_what_is_not_asked_for_has_its_default_and_what_comes_after_is_inherited():
    @light
    @dataclass(frozen=True, slots=True)
    class Heir(Light):
        more: int = 0

    one = Heir("a", more=2)
    assert (one.label, one.kind, one.more) == ("a 1", "plain", 2)
    assert Light("a").kind == Firm("a").kind


def test_only_the_type_checker_keeps_it_from_being_set():
    with pytest.raises(FrozenInstanceError):
        setattr(Firm("a"), "size", 2)  # noqa: B010
    with pytest.raises(AttributeError):
        setattr(Light("a"), "other", 2)  # noqa: B010
