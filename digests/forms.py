"""What a reader fills in."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf.locale import LANG_INFO
from email_validator import EmailNotValidError, validate_email

from digests.models import Subscription
from digests.services.subscriptions import Wish
from digests.windows import Schedule
from digests.wording import WEEKDAYS, write_filter
from timeline.errors import InvalidFilter
from timeline.filters import EventFilter, parse_filter
from timeline.queries.unknown import refuse_unknown

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt-br", "pl", "sv", "cs", "uk", "ja", "ko", "zh-hans")
_ODD_ZONES = ("Etc/", "SystemV/", "US/", "posix/", "right/")
_LONGEST_FILTER = 600
_LONGEST_ADDRESS = 254  # RFC 5321, erratum 1690


def _list_zones() -> list[tuple[str, Any]]:
    """IANA zones by region, for an optgroup each."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(available_timezones()):
        region, _, place = zone.partition("/")
        if place and not zone.startswith(_ODD_ZONES):
            regions.setdefault(region, []).append((zone, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *regions.items()]


def _list_languages() -> list[tuple[str, str]]:
    return [(code, LANG_INFO[code]["name_local"].capitalize()) for code in _LANGUAGES]


class WishForm(forms.Form):
    """What, how often, when."""

    what = forms.CharField(
        required=False,
        max_length=_LONGEST_FILTER,
        label="What",
        help_text="Empty for everything. Else words, or names such as actor:openai, kind:lawsuit, status:alleged.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    rhythm = forms.ChoiceField(choices=Subscription.Rhythm.choices, initial="daily", label="How often")
    hour = forms.TypedChoiceField(choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int, initial=8)
    weekday = forms.TypedChoiceField(choices=list(enumerate(WEEKDAYS)), coerce=int, initial=0, label="On")
    day = forms.TypedChoiceField(choices=[(day, day) for day in range(1, 32)], coerce=int, initial=1, label="On day")
    zone = forms.ChoiceField(choices=_list_zones, initial="UTC", label="Time zone")
    language = forms.ChoiceField(choices=_list_languages, initial="en", label="Language of dates")

    def clean_what(self) -> EventFilter:
        """The filter that was typed. Names that the record never had are refused: nothing would ever come of them."""
        try:
            asked = parse_filter({"q": [self.cleaned_data["what"]]})
            refuse_unknown(asked)
            return asked
        except InvalidFilter as error:
            raise forms.ValidationError([f"{name}: {text}" for name, text in error.problems.items()]) from error

    def to_wish(self) -> Wish:
        """What is wished for; the form has to be valid."""
        given = self.cleaned_data
        schedule = Schedule(given["rhythm"], given["zone"], given["hour"], given["weekday"], given["day"])
        return Wish(given["what"], schedule, given["language"])


class AddressForm(forms.Form):
    """An address, and a field that only programs fill in."""

    email = forms.CharField(
        max_length=320,
        label="Your address",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean_email(self) -> str:
        """The address in its normal form: the host in lower case, names of other scripts as IDN writes them."""
        try:
            found = validate_email(
                self.cleaned_data["email"],
                check_deliverability=False,
                allow_smtputf8=False,
                allow_quoted_local=True,
            )
        except EmailNotValidError as error:
            raise forms.ValidationError(str(error)) from error
        address = found.ascii_email or found.normalized
        if len(address) > _LONGEST_ADDRESS:
            raise forms.ValidationError("The address is longer than mail can be sent to.")
        return address

    @property
    def is_trapped(self) -> bool:
        """Whether the field that people do not see was filled in."""
        return bool(self.cleaned_data.get("website"))


class SubscribeForm(AddressForm, WishForm):
    """What, how often, when, and to which address."""


def fill_in(row: Subscription, asked: EventFilter) -> dict[str, Any]:
    """The values of a WishForm for a subscription as it is."""
    when = row.schedule
    return {
        "what": write_filter(asked),
        "rhythm": when.rhythm,
        "zone": when.zone,
        "hour": when.hour,
        "weekday": when.weekday,
        "day": when.day,
        "language": row.language,
    }
