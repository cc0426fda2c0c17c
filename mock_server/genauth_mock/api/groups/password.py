"""The password of the signed-in user: ``update-password``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from genauth_mock.api.call import Call, signed_in
from genauth_mock.api.fields import PasswordEncryption, check_is_not_encrypted
from genauth_mock.engine import password

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext


@frozen
class UpdatePassword:
    """Body of ``POST /api/v3/update-password``."""

    new_password: str = field(alias="newPassword", repr=False)
    old_password: str | None = field(default=None, alias="oldPassword", repr=False)
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


def update_password(context: CallContext, body: UpdatePassword) -> None:
    """``POST /api/v3/update-password``."""
    check_is_not_encrypted("update-password", body.password_encrypt_type)
    password.update_password(context, body.new_password, body.old_password)


CALLS: Final[tuple[Call, ...]] = (
    signed_in("/api/v3/update-password", UpdatePassword, update_password),
)
