from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outbound_client.command.account import Unknown
from outbound_client.command.setup.plan import plan
from tests.unit.client.command.account import facts, keywords, limits, settings

DOLLARS = st.integers(0, 100_000)


@given(wanted=st.decimals("0.01", 100_000, places=2), enforced=DOLLARS, most=DOLLARS)
def test_a_limit_is_never_above_the_settings_nor_above_what_aws_allows(wanted, enforced, most):
    told = settings(voice={"monthly_limit_usd": str(wanted)})

    steps = plan(facts({"phone.limits": limits(voice=enforced, most=most)}, told))

    (step,) = [step for step in steps if step.name == "voice.spend-limit"]
    assert step.after <= most
    assert step.after <= max(1, wanted)
    assert (step.call is None) == (step.before == step.after)
    assert (step.note is not None) == (most < max(1, int(wanted)))


def test_where_all_is_so_no_step_has_a_call():
    assert [step for step in plan(facts()) if step.call or step.unknown] == []


def test_words_are_answered_as_stop_is():
    steps = plan(facts({"phone.keywords": keywords("STOP", "REVOKE")}))

    (call,) = [step.call for step in steps if step.call]
    assert call.parameters == {
        "OriginationIdentity": "phone-2",
        "Keyword": "OPT OUT",
        "KeywordMessage": "No more.",
        "KeywordAction": "OPT_OUT",
    }


def test_without_an_answer_to_stop_no_words_are_made_up():
    steps = plan(facts({"phone.keywords": keywords("HELP")}))

    assert [step.call for step in steps if step.name == "sms.keywords"] == [None, None]
    assert all(step.unknown for step in steps if step.name == "sms.keywords")


def test_sns_is_bounded_even_where_nobody_knows_what_aws_allows():
    steps = plan(facts({"phone.limits": Unknown("needs x"), "sns.attributes": {}}))

    (step,) = [step for step in steps if step.name == "sms.spend-limit"]
    assert step.after == "100"
