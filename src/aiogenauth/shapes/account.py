"""What the calls about the account as a whole answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted


@frozen
class SecurityLevel(Result):
    """How well an account is protected.

    Source: API reference, get-security-info; its spelling `binded` is kept.
    """

    password_security_level: float
    mfa_enrolled: bool
    password_set: bool
    email_binded: bool
    phone_binded: bool
    security_score: float
    request_id: str | None = None


@frozen
class AccountDeletionGrant(Result):
    """Permission to delete the account, for a short time and once.

    Source: API reference, verify-delete-account-request.
    """

    delete_account_token: str = field(converter=Secret, repr=redacted)
    """What `delete_account` wants."""
    token_expires_in: float | None = None
    """Seconds it lives: 60 unless the user pool says otherwise."""
    request_id: str | None = None


@frozen
class AccountToChoose(Result):
    """An account that the signed-in user may change to. Source: API reference, public accounts."""

    user_id: str | None = None
    avatar: str | None = None
    """URL of a picture."""
    display_name: str | None = None
    usertype: str | None = None
    """`"1"` for a person, `"2"` for a public account."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class AccountsToChoose(Result):
    """The accounts that the signed-in user may change to.

    Source: API reference, get-user-select-login-public-accounts.
    """

    public_accounts: tuple[AccountToChoose, ...] | None = None
    origin_user: AccountToChoose | None = None
    """Their own account, where it was asked for."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
