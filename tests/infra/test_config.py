"""A wrong setting stops with one sentence that says what to set, and where."""

from string import ascii_uppercase
from typing import Any

import pytest

from infra.config import load
from infra.config_error import ConfigError

REMOVE = object()


def _changed(environments: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    *parents, name = path.split(".")
    target = environments
    for parent in parents:
        target = target[parent]
    if value is REMOVE:
        del target[name]
    else:
        target[name] = value
    return environments


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            "prod.voice.voice_id",
            "MATHEW",
            'environments.prod.voice.voice_id is "MATHEW": choose one of AMY, ASTRID',
        ),
        (
            "prod.voice.voice_id",
            REMOVE,
            "environments.prod.voice.voice_id is missing: set it in cdk.json",
        ),
        ("prod.email", REMOVE, "environments.prod.email is missing: set it in cdk.json"),
        ("prod", REMOVE, "environments.prod is missing: set it in cdk.json"),
        (
            "prod.voice.voiceid",
            "AMY",
            "environments.prod.voice.voiceid is not a setting: use voice_id in cdk.json",
        ),
        (
            "prod.colour",
            "red",
            "environments.prod.colour is not a setting: remove it from cdk.json",
        ),
        (
            "prod.sms.provider",
            "twilio",
            'environments.prod.sms.provider is "twilio": choose one of sns or end_user_messaging',
        ),
        (
            "prod.email.rate_per_second",
            0,
            "environments.prod.email.rate_per_second is 0: it should be greater than or equal to",
        ),
        (
            "prod.email.rate_per_second",
            "fast",
            'environments.prod.email.rate_per_second is "fast": it should be a valid number',
        ),
        (
            "prod.email.from",
            "Clinic",
            'environments.prod.email.from is "Clinic": it must be a mail address such as',
        ),
        (
            "prod.email.from",
            "a@b.org\nBcc: c@d.org",
            "it must be a mail address such as",
        ),
        (
            "prod.retention.logs_days",
            8,
            "environments.prod.retention.logs_days is 8: choose one of 1, 3, 5, 7, 14",
        ),
        (
            "prod.sms.max_price_usd",
            "free",
            'environments.prod.sms.max_price_usd is "free": it should be a valid decimal',
        ),
        (
            "prod.voice.origination",
            "the front desk",
            'environments.prod.voice.origination is "the front desk": it must match',
        ),
        (
            "prod.cors_origins",
            ["*"],
            'environments.prod.cors_origins.0 is "*": it must match',
        ),
        (
            "prod.carrier_url",
            "http://127.0.0.1:4570",
            "environments.prod.carrier_url is only for environments.local: remove it",
        ),
        ("prod.environment", "dev", "environments.prod.environment is not a setting"),
    ],
)
def test_one_sentence_names_the_setting_and_what_to_do(
    environments: dict[str, Any], path: str, value: object, sentence: str
) -> None:
    with pytest.raises(ConfigError) as error:
        load("prod", _changed(environments, path, value))

    assert sentence in str(error.value)
    assert "\n" not in str(error.value)
    assert "cdk.json" in str(error.value) or "remove it" in str(error.value)


def test_more_than_one_error_is_counted(environments: dict[str, Any]) -> None:
    del environments["prod"]["voice"]["voice_id"]
    del environments["prod"]["alarm_address"]

    with pytest.raises(ConfigError, match=r"\(1 more after this one\)$"):
        load("prod", environments)


def test_an_unknown_environment_is_answered_with_the_known_ones(
    environments: dict[str, Any],
) -> None:
    with pytest.raises(ConfigError, match='"stage" is unknown: choose one of local, dev, prod'):
        load("stage", environments)


def test_settings_that_are_not_there_at_all_are_missing() -> None:
    with pytest.raises(ConfigError, match=r"^environments\.dev is missing"):
        load("dev", None)


def test_the_local_run_needs_the_address_of_the_carrier_simulator(
    environments: dict[str, Any],
) -> None:
    del environments["local"]["carrier_url"]

    with pytest.raises(ConfigError, match=r"environments\.local\.carrier_url is missing"):
        load("local", environments)
    chosen = load("local", environments, carrier_url="http://127.0.0.1:4999")
    assert chosen.carrier_url == "http://127.0.0.1:4999"


def test_a_local_run_may_send_texts_by_the_other_provider(environments: dict[str, Any]) -> None:
    chosen = load("local", environments, sms_provider="end_user_messaging").sms
    assert (chosen.provider, chosen.origination) == ("end_user_messaging", "+12065550142")
    assert chosen.sends_media

    with pytest.raises(ConfigError, match=r"only for local: set environments\.prod\.sms\.provider"):
        load("prod", environments, sms_provider="end_user_messaging")
    with pytest.raises(ConfigError, match=r"environments\.local\.sms\.provider"):
        load("local", environments, sms_provider="pigeon")


def test_a_local_run_may_be_given_another_rate(environments: dict[str, Any]) -> None:
    chosen = load("local", environments, rate_per_second="100")
    assert chosen.rates == {"email": 100, "sms": 100, "voice": 100}

    with pytest.raises(ConfigError, match=r"set environments\.prod\.<channel>\.rate_per_second"):
        load("prod", environments, rate_per_second="100")
    for wrong in ("0", "fast"):
        with pytest.raises(ConfigError, match=r"environments\.local\.email\.rate_per_second"):
            load("local", environments, rate_per_second=wrong)


def test_delivered_addresses_are_known_as_placeholders(environments: dict[str, Any]) -> None:
    assert load("prod", environments).placeholders == (
        "environments.prod.email.from",
        "environments.prod.alarm_address",
    )
    environments["prod"]["email"]["from"] = "Clinic <hello@clinic.org>"
    assert load("prod", environments).placeholders == ("environments.prod.alarm_address",)


PRICES = {
    "email_1000_usd": "0.10",
    "voice_minute_usd": {"US": {"amount": "0.013", "carrier_fee": "0.001"}, "CA": {"amount": 0.02}},
}


def test_own_prices_are_stated_as_functions_read_them(environments: dict[str, Any]) -> None:
    environments["prod"]["prices"] = PRICES

    assert load("prod", environments).prices.stated == {
        "1000_emails": {"all": {"amount": "0.10"}},
        "voice_minute": {
            "US": {"amount": "0.013", "carrier_fee": "0.001"},
            "CA": {"amount": "0.02"},
        },
    }


def test_without_own_prices_nothing_is_stated(environments: dict[str, Any]) -> None:
    assert load("prod", environments).prices.stated == {}


@pytest.mark.parametrize(
    ("prices", "sentence"),
    [
        ({"sms_part_usd": {"us": {"amount": 1}}}, 'prices.sms_part_usd.us.[key] is "us": it must'),
        (
            {"sms_part_usd": {"US": {"amount": -1}}},
            "prices.sms_part_usd.US.amount is -1: it should",
        ),
        ({"sms_part_usd": {"US": {}}}, "prices.sms_part_usd.US.amount is missing: set it"),
        (
            {"sms_part_usd": {"US": {"amount": 1, "carier_fee": 1}}},
            "prices.sms_part_usd.US.carier_fee is not a setting: use carrier_fee",
        ),
        ({"sms_parts_usd": {}}, "prices.sms_parts_usd is not a setting: use sms_part_usd"),
        (
            {"mms_usd": {a + b: {"amount": 1} for a in "AB" for b in ascii_uppercase}},
            "it may have 40 prices",
        ),
    ],
)
def test_a_wrong_price_is_told(
    environments: dict[str, Any], prices: dict[str, Any], sentence: str
) -> None:
    environments["prod"]["prices"] = prices

    with pytest.raises(ConfigError) as error:
        load("prod", environments)

    assert sentence in str(error.value)
