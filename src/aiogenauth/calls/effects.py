"""How an account shows that a change took effect; `reconcile` looks after a lost answer."""

from typing import Final

from aiogenauth.calls.account import GET_SECURITY_LEVEL
from aiogenauth.calls.profile import GET_PROFILE
from aiogenauth.sending.reconcile import Account, EffectCheck
from aiogenauth.vocabulary import DEFAULT_COUNTRY_CODE, PhoneNumber


def has_phone(phone: PhoneNumber) -> EffectCheck:
    """Return the check of a bound number: it is there, it is this one, and it is verified."""

    def is_shown_by(account: Account) -> bool:
        number, code = account.get("phone"), account.get("phoneCountryCode")
        if not isinstance(number, str) or not isinstance(code, str | None):
            return False
        full = number if number.startswith("+") else f"{code or DEFAULT_COUNTRY_CODE}{number}"
        return full == phone.e164 and account.get("phoneVerified") is True

    return EffectCheck(is_shown_by, (GET_PROFILE,), phone)


def _lacks_phone(account: Account) -> bool:
    if "phoneBinded" in account:
        return account["phoneBinded"] is False
    return "phone" in account and account["phone"] in (None, "")  # a set would hash what came


NO_PHONE: Final = EffectCheck(_lacks_phone, (GET_PROFILE, GET_SECURITY_LEVEL))
"""The check of an unbound number: the field is there, and it is empty.

A profile without the field shows nothing, because a token without the scope `phone` gets none. The
security level always has `phoneBinded`, so it is asked next. Source: API reference,
get-security-info, where every field is required.
"""
