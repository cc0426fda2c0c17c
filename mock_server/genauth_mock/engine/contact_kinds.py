"""The two kinds of address, phone and e-mail: the same life, other channels and other refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.engine.address import Email, Phone
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.settings import Settings


@frozen
class ContactKind:
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
    taken: Outcome
    has_already: Outcome
    none_bound: Outcome
    only_login_method: Outcome
    same: Outcome
    old_mismatch: Outcome
    old_unverified: Outcome

    def includes(self, address: Address) -> bool:
        """Return whether an address is one of this kind."""
        return isinstance(address, Phone) == (self.name == "phone")

    def of(self, user: User) -> Address | None:
        """Return the user's address of this kind."""
        return user.phone if self.name == "phone" else user.email

    def put(self, user: User, address: Address | None, now: datetime) -> User:
        """Return the user with an address of this kind, or without it."""
        if isinstance(address, Phone):
            return user.with_contacts(address, user.email, now)
        if isinstance(address, Email):
            return user.with_contacts(user.phone, address, now)
        if self.name == "phone":
            return user.with_contacts(None, user.email, now)
        return user.with_contacts(user.phone, None, now)


PHONE: Final = ContactKind(
    name="phone",
    bind_channel="CHANNEL_BIND_PHONE",
    unbind_channel="CHANNEL_UNBIND_PHONE",
    change_channels=("CHANNEL_BIND_PHONE",),
    old_channels=("CHANNEL_UNBIND_PHONE",),
    verify_old=lambda settings: settings.verify_old_phone,
    taken=Outcome.PHONE_TAKEN,
    has_already=Outcome.HAS_PHONE_ALREADY,
    none_bound=Outcome.NO_PHONE_BOUND,
    only_login_method=Outcome.ONLY_LOGIN_METHOD,
    same=Outcome.SAME_PHONE,
    old_mismatch=Outcome.OLD_PHONE_MISMATCH,
    old_unverified=Outcome.OLD_PHONE_UNVERIFIED,
)
"""Channels of a change: the C# SDK (live) sends the new number a code for BIND_PHONE, the old one for UNBIND_PHONE."""

EMAIL: Final = ContactKind(
    name="email",
    bind_channel="CHANNEL_BIND_EMAIL",
    unbind_channel="CHANNEL_UNBIND_EMAIL",
    change_channels=("CHANNEL_UPDATE_EMAIL", "CHANNEL_BIND_EMAIL"),
    old_channels=("CHANNEL_UPDATE_EMAIL", "CHANNEL_UNBIND_EMAIL"),
    verify_old=lambda settings: settings.verify_old_email,
    taken=Outcome.EMAIL_TAKEN,
    has_already=Outcome.HAS_EMAIL_ALREADY,
    none_bound=Outcome.NO_EMAIL_BOUND,
    only_login_method=Outcome.ONLY_LOGIN_METHOD_EMAIL,
    same=Outcome.SAME_EMAIL,
    old_mismatch=Outcome.OLD_EMAIL_MISMATCH,
    old_unverified=Outcome.OLD_EMAIL_UNVERIFIED,
)
"""Channels of a change: assumed (CHANNEL_UPDATE_EMAIL is documented, its use is not)."""
