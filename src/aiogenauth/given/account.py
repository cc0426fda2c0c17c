"""What the calls about the account as a whole take."""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from aiogenauth.given.password import PasswordEncryptType

DeleteVerifyMethod = Literal["PHONE_PASSCODE", "EMAIL_PASSCODE", "PASSWORD"]
"""How a user proves that they mean it. Source: API reference, verify-delete-account-request."""


class PasswordProof(TypedDict):
    """The password of the account. Source: API reference, verify-delete-account-request."""

    password: str
    passwordEncryptType: NotRequired[PasswordEncryptType | None]


class SwitchOptions(TypedDict):
    """Options of changing to another account. Source: API reference, switch-login-by-user."""

    scope: NotRequired[str | None]
    """What the tokens may be used for, separated by spaces; with `openid` always."""
    context: NotRequired[Mapping[str, object] | None]
    """Handed to the pipeline of the user pool."""
    customData: NotRequired[Mapping[str, object] | None]
    """Kept with the user; the console of GenAuth defines the keys first."""
