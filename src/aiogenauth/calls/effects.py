"""How an account shows that a change took effect; `reconcile` looks after a lost answer."""

from __future__ import annotations

from typing import Final

from aiogenauth.calls.account import GET_SECURITY_LEVEL
from aiogenauth.calls.profile import GET_PROFILE
from aiogenauth.models import Confirmation
from aiogenauth.sending.reconcile import Account, EffectCheck, confirmed_if
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber


def has_phone(phone: PhoneNumber) -> EffectCheck[Confirmation]:
    """Return the check of a bound number: it is there, it is this one, and it is verified."""

    def is_shown_by(account: Account) -> bool:
        number, code = account.get("phone"), account.get("phoneCountryCode")
        if not isinstance(number, str) or not isinstance(code, str | None):
            return False
        full = number if number.startswith("+") else f"{code or DEFAULT_COUNTRY_CODE}{number}"
        return full == phone.e164 and account.get("phoneVerified") is True

    return EffectCheck(confirmed_if(is_shown_by), (GET_PROFILE,), phone)


def has_email(email: str) -> EffectCheck[Confirmation]:
    """Return the check of a bound address: it is there, it is this one, and it is verified.

    Source: API reference, UserDto, email: letters count alike in both cases.
    """

    def is_shown_by(account: Account) -> bool:
        found = account.get("email")
        if not isinstance(found, str) or account.get("emailVerified") is not True:
            return False
        return found.casefold() == email.casefold()

    return EffectCheck(confirmed_if(is_shown_by), (GET_PROFILE,))


def _lacks(key: str, bound: str) -> EffectCheck[Confirmation]:
    """Return the check of something unbound: its field is there, and it is empty.

    A profile without the field shows nothing, because a token without the scope for it gets none.
    The security level always says whether one is bound, so it is asked next. Source: API
    reference, get-security-info, where every field is required.
    """

    def is_shown_by(account: Account) -> bool:
        if bound in account:
            return account[bound] is False
        return key in account and account[key] in (None, "")  # a set would hash what came

    return EffectCheck(confirmed_if(is_shown_by), (GET_PROFILE, GET_SECURITY_LEVEL))


NO_PHONE: Final = _lacks("phone", "phoneBinded")
NO_EMAIL: Final = _lacks("email", "emailBinded")
