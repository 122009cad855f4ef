"""Phone numbers as the carriers see them: country, parts, price and AWS's simulator numbers."""

import phonenumbers

PART_PRICE = 0.00581
MEDIA_PRICE = 0.0195
MINUTE_PRICE = 0.0135
SIMULATOR_SUCCESS = frozenset(
    {
        "+14254147755", "+447860019066", "+33755512501",
        "+61455944038", "+43676800442031", "+32460213922",
    }
)  # fmt: skip
SIMULATOR_FAILURE = frozenset(
    {
        "+14254147167", "+447860019067", "+33755512502",
        "+61455944039", "+43676800442032", "+32460213923",
    }
)  # fmt: skip
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("\f^{}\\[~]|€")


def is_gsm(text: str) -> bool:
    """Tell whether a text can be sent in the GSM alphabet."""
    return set(text) <= GSM | GSM_EXTENSION


def count_parts(text: str) -> int:
    """Count the parts that a text is billed as."""
    if is_gsm(text):
        length, single, joined = len(text) + sum(c in GSM_EXTENSION for c in text), 160, 153
    else:
        length, single, joined = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= single else -(-length // joined)


def country(number: str) -> str:
    """Name the country of a number; US where the plan does not tell."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or "US"
    except phonenumbers.NumberParseException:
        return "US"
