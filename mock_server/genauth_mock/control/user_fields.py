"""What the control calls take of a user, and how it is put into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field, fields

from genauth_mock.control.request import ControlError
from genauth_mock.engine import address
from genauth_mock.engine.accounts import Status
from genauth_mock.engine.given_factors import GivenFactor, read_factors
from genauth_mock.engine.json_values import camel_cased
from genauth_mock.engine.memberships import Memberships, changed
from genauth_mock.engine.value import frozen, json_shape

if TYPE_CHECKING:
    from collections.abc import Collection

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Email, Phone
    from genauth_mock.engine.factor_records import Factor


@frozen(field_transformer=camel_cased)
class UserBody(Memberships):
    """Body of ``POST /_mock/users`` for one user, and of ``PATCH /_mock/users/{userId}``."""

    user_id: str | None = None
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone_number: str | None = field(default=None, repr=False)
    phone_country_code: str | None = None
    status: Status | None = None
    nickname: str | None = None
    custom_data: dict[str, object] | None = None
    factors: list[GivenFactor] | None = field(default=None, repr=False)


@json_shape
class UsersBody:
    """Body of ``POST /_mock/users`` for many users."""

    users: list[UserBody]


NAMES: Final = tuple(each.alias or each.name for each in fields(UserBody))
"""Every name that a user may be given."""


def with_fields(
    user: User, body: UserBody, given: Collection[str] = NAMES, where: str = ""
) -> User:
    """Return a user with what a body says.

    Args:
        user: The user as it was.
        body: What it says.
        given: The names that were given; null takes away, and what was not given stays.
        where: Which of many users it is, for what is said about a mistake.

    Raises:
        ControlError: A number or an address cannot be.
    """
    changes: dict[str, object] = {}
    for name in ("username", "password"):
        if name in given:
            changes[name] = getattr(body, name)
    _check_can_be(body, where)
    try:
        if "email" in given:
            changes["email"] = _email(body.email)
        if "phoneNumber" in given:
            changes["phone"] = _phone(body.phone_number, body.phone_country_code)
    except ValueError as error:
        message = f"{where}{error}"
        raise ControlError(message) from None
    if "status" in given:
        changes["status"] = body.status or Status.ACTIVATED
    changes["memberships"] = changed(user.memberships, body, given)
    profile = {**user.profile}
    profile |= {} if "nickname" not in given else {"nickname": body.nickname}
    profile |= {} if "customData" not in given else {"customData": body.custom_data}
    changes["profile"] = {name: value for name, value in profile.items() if value is not None}
    return evolve(user, **changes)  # type: ignore[arg-type]  # each was read by its own field


def _check_can_be(body: UserBody, where: str) -> None:
    """Refuse what nobody can sign in with, and half a phone number.

    Raises:
        ControlError: There is some.
    """
    for name, value in (("username", body.username), ("password", body.password)):
        if value == "":
            message = f"{where}{name} must not be empty; null, or leaving it out, is none"
            raise ControlError(message)
    if body.phone_country_code is not None and body.phone_number is None:
        message = f"{where}phoneCountryCode goes with a phoneNumber"
        raise ControlError(message)


def _phone(number: str | None, country_code: str | None) -> Phone | None:
    return None if number is None else address.phone_as_written(number, country_code)


def _email(text: str | None) -> Email | None:
    return None if text is None else address.email(text)


def factors_of(user: User, body: UserBody, where: str = "") -> tuple[Factor, ...] | None:
    """Return the factors that a body says a user has; None where it says nothing of them.

    Raises:
        ControlError: One cannot be.
    """
    try:
        return None if body.factors is None else read_factors(body.factors, user)
    except ValueError as error:
        message = f"{where}{error}"
        raise ControlError(message) from None
