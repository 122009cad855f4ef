"""Filters that write values as the reader's locale and zone want them, by Babel.

Babel is imported by the first template that has such a filter: it takes a tenth of a second.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jinja2 import Undefined

from outbound.adapters.templates.bounds import TooMuch, run, spend
from outbound.domain.locale import DEFAULT, fallbacks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from babel import Locale

STEPS = 50
"""What writing a value costs: about as much as this many nodes."""
LARGEST = Decimal(10) ** 15
STYLES = ("short", "medium", "long", "full")
CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_READ: tuple[tuple[re.Pattern[str], Callable[[str], date | time]], ...] = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), date.fromisoformat),
    (re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?"), time.fromisoformat),
    (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,15}(Z|[+-][0-9:]{5})?"),
        datetime.fromisoformat,
    ),
)
_CURRENCY = re.compile(r"[A-Z]{3}")
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Unfit(Exception):
    """A value that can't be written so; the text says what would do."""


def number(value: Any, digits: int | None = None) -> str:
    """`1234.5|number` is 1,234.5 in English; `|number(2)` has two digits behind the point."""
    from babel.numbers import format_decimal

    amount = _amount(value, "number")
    if digits is None:
        return _plain(format_decimal(amount, locale=_locale()))
    return _plain(format_decimal(amount, _pattern("#,##0", digits), locale=_locale()))


def percent(value: Any, digits: int = 0) -> str:
    """`0.25|percent` is 25% in English."""
    from babel.numbers import format_percent

    amount = _amount(value, "percent")
    if digits == 0:
        return _plain(format_percent(amount, locale=_locale()))
    return _plain(format_percent(amount, _pattern("#,##0", digits) + "%", locale=_locale()))


def money(value: Any, currency: str) -> str:
    """`12.5|money("EUR")` is €12.50 in English, 12,50 € in German."""
    from babel.numbers import format_currency

    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise Unfit('money takes a currency of ISO 4217, like "EUR"')
    return _plain(format_currency(_amount(value, "money"), currency, locale=_locale()))


def plural(value: Any, **forms: str) -> str:
    """`n|plural(one="# day", other="# days")`: the form that the language wants for the number."""
    from babel.numbers import format_decimal

    if "other" not in forms or not forms.keys() <= CATEGORIES:
        raise Unfit("plural takes zero, one, two, few, many, and always other")
    amount = _amount(value, "plural")
    form = forms.get(_locale().plural_form(amount), forms["other"])
    if not isinstance(form, str):
        raise Unfit("plural takes texts")
    return form.replace("#", _plain(format_decimal(amount, locale=_locale())))


def day(value: Any, style: str = "medium") -> str:
    """`"2026-12-24"|date("long")`: a day, or the day of a time in the reader's zone."""
    from babel.dates import format_date

    moment = _moment(value)
    if isinstance(moment, time):
        raise Unfit("date takes a day or a time with its day, like 2026-12-24")
    return _plain(format_date(moment, _style(style), locale=_locale()))


def clock(value: Any, style: str = "short") -> str:
    """`start|time`: the time of day in the reader's zone."""
    from babel.dates import format_time

    moment = _moment(value)
    if not isinstance(moment, datetime | time):
        raise Unfit("time takes a time, like 2026-12-24T09:30:00Z or 09:30")
    zone = moment.tzinfo if isinstance(moment, datetime) else None
    return _plain(format_time(moment, _style(style), tzinfo=zone, locale=_locale()))


def moment(value: Any, style: str = "medium") -> str:
    """`start|datetime`: day and time in the reader's zone."""
    from babel.dates import format_datetime

    found = _moment(value)
    if not isinstance(found, datetime):
        raise Unfit("datetime takes a time with its day, like 2026-12-24T09:30:00Z")
    return _plain(format_datetime(found, _style(style), tzinfo=found.tzinfo, locale=_locale()))


def unknown_in(tag: str) -> str | None:
    """What of a locale nobody has: its language or its region."""
    from babel import Locale

    names = Locale(DEFAULT)
    spoken, _, rest = tag.partition("-")
    region = rest.rpartition("-")[2]
    if spoken not in names.languages:
        return "language"
    is_region = len(region) in (2, 3)
    return "region" if is_region and region not in names.territories else None


def _amount(value: Any, what: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unfit(f"{what} takes a number")
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise Unfit(f'{what} takes a number, or one as a text like "12.50"')
    amount = Decimal(str(value))
    if not abs(amount) < LARGEST:
        raise Unfit(f"{what} takes numbers below {LARGEST:,}")
    return amount


def _moment(value: Any) -> date | time:
    for form, read in _READ if isinstance(value, str) else ():
        if form.fullmatch(value):
            try:
                found = read(value)
            except ValueError:
                break
            return _there(found) if isinstance(found, datetime) else found
    raise Unfit("date, time and datetime take a day or a time, like 2026-12-24T09:30:00Z")


def _there(value: datetime) -> datetime:
    zone = run().formatting.zone
    return value.astimezone(ZoneInfo(zone)) if zone and value.tzinfo else value


def _pattern(whole: str, digits: int) -> str:
    if not isinstance(digits, int) or not 0 <= digits <= 9:
        raise Unfit("number and percent take 0 to 9 digits")
    return f"{whole}.{'0' * digits}" if digits else whole


def _style(style: str) -> Any:
    if style not in STYLES:
        raise Unfit(f"date, time and datetime are written {', '.join(STYLES)}")
    return style


def _locale() -> Locale:
    return _known(run().formatting.locale)


@lru_cache(maxsize=200)
def _known(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for each in (*fallbacks(tag), DEFAULT):
        try:
            return Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English")


def _plain(text: str) -> str:
    """Without the spaces that would make a text of 160 characters one of 70."""
    return text if run().escaped else text.translate(_SPACES)


def _bounded(function: Callable[..., str]) -> Callable[..., str]:
    def bounded(value: Any, *arguments: Any, **named: Any) -> str:
        spend(STEPS)
        for each in (value, *arguments, *named.values()):
            if isinstance(each, Undefined):
                str(each)
        try:
            return function(value, *arguments, **named)
        except TypeError:
            raise Unfit("a filter of days, amounts or plurals has another parameter") from None
        except (OverflowError, ArithmeticError):
            raise TooMuch("it writes a day or a number out of range") from None

    return bounded


_FUNCTIONS: Mapping[str, Callable[..., str]] = {
    "date": day,
    "datetime": moment,
    "money": money,
    "number": number,
    "percent": percent,
    "plural": plural,
    "time": clock,
}
FILTERS = {name: _bounded(function) for name, function in _FUNCTIONS.items()}
