"""What somebody owns on a live deployment, and lends to a run."""

from __future__ import annotations

from typing import Final

import attrs

from genauth_contract.api.http import Application
from genauth_contract.outcomes.models import Phone, User

PHONES: Final = ("GENAUTH_CONTRACT_PHONE", "GENAUTH_CONTRACT_OTHER_PHONE")
"""Variables that hold the phones of the account, in the order they are asked for."""


@attrs.frozen
class Account:
    """What somebody owns on a live deployment. Empty parts are not configured.

    Attributes:
        application: Whose API is called.
        user: A user without a phone who can sign in with a password.
        other: A second one.
        phones: Two phones no user has, whose texts can be read.
        username: Username of `user`.
        password: Password of `user`.
    """

    application: Application
    user: User
    other: User
    phones: tuple[Phone, ...]
    username: str = attrs.field(default="", repr=False)
    password: str = attrs.field(default="", repr=False)
