"""How an account shows that a change took effect; `reconcile` looks after a lost answer."""

from __future__ import annotations

from functools import partial
from typing import Final

from aiogenauth.calls.account import GET_SECURITY_LEVEL
from aiogenauth.calls.profile import GET_PROFILE
from aiogenauth.models import Confirmation
from aiogenauth.sending.reconcile import Account, EffectCheck, confirmed_if
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber

_IN_PROFILE: Final = (GET_PROFILE,)


def has_phone(phone: PhoneNumber) -> EffectCheck[Confirmation]:
    """Return the check of a bound number: it is there, it is this one, and it is verified."""
    return EffectCheck(partial(_shows_phone, phone), _IN_PROFILE, phone)


def _shows_phone(phone: PhoneNumber, account: Account) -> Confirmation | None:
    number, code = account.get("phone"), account.get("phoneCountryCode")
    if not isinstance(number, str) or not isinstance(code, str | None):
        return None
    full = number if number.startswith("+") else f"{code or DEFAULT_COUNTRY_CODE}{number}"
    return confirmed_if(full == phone.e164 and account.get("phoneVerified") is True)


def has_email(email: str) -> EffectCheck[Confirmation]:
    """Return the check of a bound address: it is there, it is this one, and it is verified.

    Source: API reference, UserDto, email: letters count alike in both cases.
    """
    return EffectCheck(partial(_shows_email, email), _IN_PROFILE)


def _shows_email(email: str, account: Account) -> Confirmation | None:
    found = account.get("email")
    if not isinstance(found, str) or account.get("emailVerified") is not True:
        return None
    return confirmed_if(found.casefold() == email.casefold())


def _lacks(key: str, bound: str) -> EffectCheck[Confirmation]:
    """Return the check of something unbound: its field is there, and it is empty.

    A profile without the field shows nothing, because a token without the scope for it gets none.
    The security level always says whether one is bound, so it is asked next. Source: API
    reference, get-security-info, where every field is required.
    """
    return EffectCheck(partial(_shows_none, key, bound), (GET_PROFILE, GET_SECURITY_LEVEL))


def _shows_none(key: str, bound: str, account: Account) -> Confirmation | None:
    if bound in account:
        return confirmed_if(account[bound] is False)
    return confirmed_if(key in account and account[key] in (None, ""))  # a set would hash what came


NO_PHONE: Final = _lacks("phone", "phoneBinded")
NO_EMAIL: Final = _lacks("email", "emailBinded")
