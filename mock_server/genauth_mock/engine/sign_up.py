"""Signing up: a new user, by password or by pass code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from genauth_mock.accounts import User
from genauth_mock.engine.codes import use_all
from genauth_mock.engine.turn import handles
from genauth_mock.value import light_value
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.address import Address
    from genauth_mock.engine.kinds import Kind
    from genauth_mock.engine.turn import Turn

REGISTER: Final = ("CHANNEL_REGISTER",)
"""Source: API reference, send-sms and send-email, channel."""

COMPLETE: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("CHANNEL_COMPLETE_PHONE",),
    "email": ("CHANNEL_COMPLETE_EMAIL",),
}
"""Channels of the codes that verify a profile's phone and email. Source: inferred from their names."""


@light_value
class Proof:
    """An address and the code that was sent to it, for one of the channels."""

    kind: Kind
    address: Address
    digits: str = field(repr=False)
    channels: tuple[str, ...]


@frozen
class NewUser:
    """Whom to make a user of.

    Attributes:
        proofs: Addresses whose codes have to fit.
        unverified: An address that is taken at its word: the e-mail address of a sign-up by password.
        profile: What else the profile shows, by the API's names.
    """

    proofs: Sequence[Proof] = ()
    unverified: tuple[Kind, Address] | None = field(default=None, repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    profile: Mapping[str, object] = field(factory=dict[str, object], repr=False)


def sign_up(turn: Turn, new: NewUser) -> User:
    """Make a new user.

    The codes are looked at before anybody learns whether the address is taken, as bind-phone does (assumed).

    Raises:
        Refusal: A code refusal, ``USERNAME_TAKEN``, ``USER_EXISTS``.
    """
    if new.proofs:
        use_all(turn, [(proof.channels, proof.address, proof.digits) for proof in new.proofs])
    user = User(
        user_id=turn.chance.identifier(),
        created_at=turn.now,
        updated_at=turn.now,
        username=new.username,
        password=new.password,
        profile=new.profile,
    )
    given = [(proof.kind, proof.address) for proof in new.proofs]
    for kind, address in [*given, new.unverified] if new.unverified else given:
        user = kind.put(user, address, turn.now)
    _check_is_new(turn, user)
    turn.save(user)
    return user


def _check_is_new(turn: Turn, user: User) -> None:
    taken = sorted(handle.partition(":")[0] for handle in handles(user) if turn.named(handle))
    if taken:
        only_the_name = taken == ["username"]
        verdict = Verdict.USERNAME_TAKEN if only_the_name else Verdict.USER_EXISTS
        raise Refusal(verdict, why={"rule": f"one owner for each {taken[0]}"})
