"""Signing up: making a new user, once the addresses are proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine.accounts import User
from genauth_mock.engine.codes import redeem_codes
from genauth_mock.engine.context import identifiers
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.engine.address import Address
    from genauth_mock.engine.codes import Proof
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.context import CallContext


REGISTER: Final = ("CHANNEL_REGISTER",)
"""Source: API reference, send-sms and send-email, channel."""


COMPLETE: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("CHANNEL_COMPLETE_PHONE",),
    "email": ("CHANNEL_COMPLETE_EMAIL",),
}
"""Channels of the codes that verify a profile's phone and email. Source: inferred from their names."""


@frozen
class NewUser:
    """Whom to make a user of.

    Attributes:
        proofs: Addresses whose codes have to fit.
        unverified: An address that is taken at its word: the e-mail address of a sign-up by password.
        profile: What else the profile shows, by the API's names.
    """

    proofs: Sequence[Proof] = ()
    unverified: tuple[ContactKind, Address] | None = field(default=None, repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    profile: Mapping[str, object] = field(factory=dict[str, object], repr=False)


def sign_up(context: CallContext, new: NewUser) -> User:
    """Make a new user.

    The codes are looked at before anybody learns whether the address is taken, as bind-phone does (assumed).

    Raises:
        Refusal: A code refusal, ``USERNAME_TAKEN``, ``USER_EXISTS``.
    """
    if new.proofs:
        redeem_codes(
            context, [(proof.channels, proof.address, proof.digits) for proof in new.proofs]
        )
    user = User(
        user_id=context.new_user_id(),
        created_at=context.now,
        updated_at=context.now,
        username=new.username,
        password=new.password,
        profile=new.profile,
    )
    given = [(proof.kind, proof.address) for proof in new.proofs]
    for kind, address in [*given, new.unverified] if new.unverified else given:
        user = kind.put(user, address, context.now)
    _check_is_new(context, user)
    context.save(user)
    return user


def _check_is_new(context: CallContext, user: User) -> None:
    taken = sorted(
        identifier.partition(":")[0]
        for identifier in identifiers(user)
        if context.named(identifier)
    )
    if taken:
        only_the_name = taken == ["username"]
        outcome = Outcome.USERNAME_TAKEN if only_the_name else Outcome.USER_EXISTS
        raise Refusal(outcome, why={"rule": f"one owner for each {taken[0]}"})
