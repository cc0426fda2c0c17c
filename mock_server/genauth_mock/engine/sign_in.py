"""Signing in, by password and by pass code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from genauth_mock.engine.accounts import User
from genauth_mock.engine.address import DEFAULT_COUNTRY_CODE
from genauth_mock.engine.codes import redeem_code, redeem_codes
from genauth_mock.engine.context import check_is_active, identifiers
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.tokens import grant
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


REGISTER: Final = ("CHANNEL_REGISTER",)
"""Source: API reference, send-sms and send-email, channel."""

COMPLETE: Final[Mapping[str, tuple[str, ...]]] = {
    "phone": ("CHANNEL_COMPLETE_PHONE",),
    "email": ("CHANNEL_COMPLETE_EMAIL",),
}
"""Channels of the codes that verify a profile's phone and email. Source: inferred from their names."""


@frozen_for_checkers
class Proof:
    """An address and the code that was sent to it, for one of the channels."""

    kind: ContactKind
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
        user_id=context.randomness.identifier(),
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


LOGIN: Final = ("CHANNEL_LOGIN",)
"""Source: API reference, send-sms and send-email, channel."""


def by_password(
    context: CallContext, named: Sequence[str], password: str, scope: str | None
) -> Tokens:
    """Sign in the user who has one of the identifiers in ``named``.

    Raises:
        Refusal: ``WRONG_PASSWORD`` (whether or not the account exists), ``USER_SUSPENDED``.
    """
    user = next((user for identifier in named if (user := context.named(identifier))), None)
    if user is None or user.password != password:
        raise Refusal(
            Outcome.WRONG_PASSWORD, why={"rule": "no such account" if user is None else "password"}
        )
    return begin(context, user, scope)


def by_pass_code(
    context: CallContext, proof: Proof, scope: str | None, *, may_register: bool
) -> Tokens:
    """Sign in with a code sent for ``CHANNEL_LOGIN``.

    That the code is looked at before the account is assumed; ``autoRegister`` makes a user of who has none.

    Raises:
        Refusal: A code refusal, ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    kind, address = proof.kind, proof.address
    redeem_code(context, proof.channels, address, proof.digits)
    user = context.owner(kind, address)
    if user is None:
        if not may_register:
            raise Refusal(Outcome.UNKNOWN_USER, why={"rule": f"nobody has this {kind.name}"})
        user = sign_up(context, NewUser(unverified=(kind, address)))
    return begin(context, user, scope)


def begin(context: CallContext, user: User, scope: str | None) -> Tokens:
    """Count the sign-in, and give the user tokens.

    Raises:
        Refusal: ``USER_SUSPENDED``.
    """
    check_is_active(user)
    user = evolve(user, logins_count=user.logins_count + 1, last_login=context.now)
    context.save(user)
    return grant(context, user, scope)


def identifiers_of_account(account: str) -> list[str]:
    """Name the identifiers that an account may stand for.

    Source: API reference, signin, passwordPayload.account: username, phone number or e-mail address. That a number
    without country calling code is one of mainland China is assumed.
    """
    return [
        f"username:{account}",
        f"email:{account.lower()}",
        f"phone:{DEFAULT_COUNTRY_CODE}{account}",
    ]
