"""The two kinds of address, phone and e-mail: the same life, other channels and other refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from genauth_mock.engine.address import Email, Phone
from genauth_mock.engine.outcomes import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.settings import Settings


@frozen
class Kind:
    """Everything in which phone and e-mail differ.

    Attributes:
        name: ``phone`` or ``email``.
        bind_channel: Codes for an address that a user wants to have.
        unbind_channel: Codes for the address that a user has.
        change_channels: Codes accepted for the new address of a change.
        old_channels: Codes accepted for the old address of a change.
        verify_old: Whether an app's settings ask for the old address's code.
    """

    name: str
    bind_channel: str
    unbind_channel: str
    change_channels: tuple[str, ...]
    old_channels: tuple[str, ...]
    verify_old: Callable[[Settings], bool]
    taken: Verdict
    has_already: Verdict
    none_bound: Verdict
    only_login_method: Verdict
    same: Verdict
    old_mismatch: Verdict
    old_unverified: Verdict

    def includes(self, address: Address) -> bool:
        """Tell whether an address is one of this kind."""
        return isinstance(address, Phone) == (self.name == "phone")

    def of(self, user: User) -> Address | None:
        """Tell the user's address of this kind."""
        return user.phone if self.name == "phone" else user.email

    def put(self, user: User, address: Address | None, now: datetime) -> User:
        """Give the user an address of this kind, or take it away."""
        if isinstance(address, Phone):
            return user.reached_at(address, user.email, now)
        if isinstance(address, Email):
            return user.reached_at(user.phone, address, now)
        if self.name == "phone":
            return user.reached_at(None, user.email, now)
        return user.reached_at(user.phone, None, now)


PHONE: Final = Kind(
    name="phone",
    bind_channel="CHANNEL_BIND_PHONE",
    unbind_channel="CHANNEL_UNBIND_PHONE",
    change_channels=("CHANNEL_BIND_PHONE",),
    old_channels=("CHANNEL_UNBIND_PHONE",),
    verify_old=lambda settings: settings.verify_old_phone,
    taken=Verdict.PHONE_TAKEN,
    has_already=Verdict.HAS_PHONE_ALREADY,
    none_bound=Verdict.NO_PHONE_BOUND,
    only_login_method=Verdict.ONLY_LOGIN_METHOD,
    same=Verdict.SAME_PHONE,
    old_mismatch=Verdict.OLD_PHONE_MISMATCH,
    old_unverified=Verdict.OLD_PHONE_UNVERIFIED,
)
"""Channels of a change: the C# SDK (live) sends the new number a code for BIND_PHONE, the old one for UNBIND_PHONE."""

EMAIL: Final = Kind(
    name="email",
    bind_channel="CHANNEL_BIND_EMAIL",
    unbind_channel="CHANNEL_UNBIND_EMAIL",
    change_channels=("CHANNEL_UPDATE_EMAIL", "CHANNEL_BIND_EMAIL"),
    old_channels=("CHANNEL_UPDATE_EMAIL", "CHANNEL_UNBIND_EMAIL"),
    verify_old=lambda settings: settings.verify_old_email,
    taken=Verdict.EMAIL_TAKEN,
    has_already=Verdict.HAS_EMAIL_ALREADY,
    none_bound=Verdict.NO_EMAIL_BOUND,
    only_login_method=Verdict.ONLY_LOGIN_METHOD_EMAIL,
    same=Verdict.SAME_EMAIL,
    old_mismatch=Verdict.OLD_EMAIL_MISMATCH,
    old_unverified=Verdict.OLD_EMAIL_UNVERIFIED,
)
"""Channels of a change: assumed (CHANNEL_UPDATE_EMAIL is documented, its use is not)."""
