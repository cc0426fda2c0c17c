"""Further proofs that a user has from the start: as a seed or ``/_mock/users`` gives them, and shows them."""

from __future__ import annotations

from base64 import b32decode
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import field

from genauth_mock.engine import address, factors
from genauth_mock.engine.factor_records import Factor, UserFactors
from genauth_mock.engine.json_values import camel_cased
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address, Email, Phone
    from genauth_mock.engine.context import CallContext

    Json = dict[str, object]


@frozen(field_transformer=camel_cased)
class GivenFactor:
    """One entry of ``factors``. What is left out of a phone or a mailbox is that of the user."""

    factor_type: Literal["SMS", "EMAIL", "OTP"]
    phone_number: str | None = field(default=None, repr=False)
    phone_country_code: str | None = None
    email: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    recovery_code: str | None = field(default=None, repr=False)


class HasContacts(Protocol):
    """A user, or what one begins with."""

    @property
    def phone(self) -> Phone | None:
        """The phone that is bound."""
        ...

    @property
    def email(self) -> Email | None:
        """The address that is bound."""
        ...


def read_factors(given: Sequence[GivenFactor], user: HasContacts) -> tuple[Factor, ...]:
    """Read the factors of a user; ids, keys and recovery codes that are not given are drawn by `file_factors`.

    Raises:
        ValueError: One cannot be; the text names the field and the way out.
    """
    read: list[Factor] = []
    for index, each in enumerate(given):
        try:
            read.append(_factor(each, user))
        except ValueError as error:
            message = f"factors[{index}].{error}"
            raise ValueError(message) from None
    kinds = [each.kind for each in read]
    for kind in kinds:
        if kinds.count(kind) > 1:
            message = f"factors: a user has at most one of type {kind}"
            raise ValueError(message)
    return tuple(read)


def file_factors(context: CallContext, user_id: str, read: Sequence[Factor]) -> None:
    """File the factors of a user in the place of those that were there."""
    filed = tuple(factors.completed(context, each) for each in read)
    factors.file(context, UserFactors(user_id, filed))


def show_factors(context: CallContext, user: User) -> Json:
    """Return ``factors`` of a user who has any; with what a test needs to make codes of."""
    held = factors.of_user(context, user).factors
    return {"factors": [_shown(each) for each in held]} if held else {}


def _factor(given: GivenFactor, user: HasContacts) -> Factor:
    if given.factor_type == "SMS":
        if given.phone_number is None:
            return Factor("", "SMS", _own("phoneNumber", user.phone))
        return Factor(
            "", "SMS", address.phone_as_written(given.phone_number, given.phone_country_code)
        )
    if given.factor_type == "EMAIL":
        own = _own("email", user.email) if given.email is None else address.email(given.email)
        return Factor("", "EMAIL", own)
    return Factor("", factors.OTP, None, _key(given.key), (given.recovery_code or "").lower())


def _own(name: str, held: Address | None) -> Address:
    if held is None:
        message = f"{name} is missing, and the user has none"
        raise ValueError(message)
    return held


def _key(text: str | None) -> str:
    try:
        key = "" if text is None else b32decode(text.upper())
    except ValueError:
        key = b""
    if text is not None and not key:
        message = "key must be Base32, such as JBSWY3DPEHPK3PXP"
        raise ValueError(message)
    return (text or "").upper()


def _shown(factor: Factor) -> Json:
    shown: Json = {"factorId": factor.factor_id, "factorType": factor.kind}
    if factor.key:
        return {**shown, "key": factor.key, "recoveryCode": factor.recovery_code}
    return {**shown, **factor.profile}
