"""Calls about the password of the signed-in user."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import Endpoint, one_of, record, text
from genauth_contract.outcomes.accounts import WRONG_OLD_PASSWORD
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.requests import NOT_IMITATED

UPDATE_PASSWORD: Final = record(
    "UpdatePassword",
    {"newPassword": text()},
    {"oldPassword": text(), "passwordEncryptType": one_of("sm2", "rsa", "none")},
)

UPDATE_PASSWORD_CALL: Final = Endpoint(
    "update-password",
    "Change the password, or set the first one.",
    request=UPDATE_PASSWORD,
    needs_user=True,
    ends=(WRONG_OLD_PASSWORD, NOT_IMITATED),
)


def update_password(user: User, new: str, old: str | None) -> ApiCall:
    """Change the password, or set the first one. Source: API reference, update-password."""
    body = {"newPassword": new} if old is None else {"newPassword": new, "oldPassword": old}
    return sent_to(UPDATE_PASSWORD_CALL, body, user)
