"""Where and when users signed in: the log of their sign-ins, and the devices that they signed in on.

A device is known by its user agent, which is assumed: no source says how GenAuth tells one from another.
"""

from __future__ import annotations

from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.accounts import (
    AccessToken,
    AuthorizationCode,
    BrowserSession,
    RefreshToken,
    User,
)
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext

MOST_LOGGED: Final = 100
"""How many sign-ins of a user are kept; the oldest goes first. Source: ours, so that memory stays flat."""

MOST_DEVICES: Final = 20
"""How many devices of a user are kept; the one that was used least lately goes first. Source: ours, as above."""

LOOPBACK: Final = "127.0.0.1"
"""Where a request came from that does not say it: the offline GenAuth is asked from its own machine."""

_ADDRESS_HEADERS: Final = ("x-real-ip", "x-forwarded-for")
"""Source: official Python SDK, which sends the first; proxies send the second."""


@frozen_for_checkers
class LoggedSignIn:
    """One sign-in, or an attempt at one.

    Attributes:
        method: How, such as ``loginByEmail``.
        refused_with: The name of the outcome that it was refused with; empty where it went well.
    """

    at: datetime
    method: str
    client_ip: str
    user_agent: str
    refused_with: str = ""


@frozen_for_checkers
class Device:
    """A device that a user signed in on."""

    device_id: str
    user_agent: str
    last_ip: str
    last_login_at: datetime


@frozen_for_checkers
class SignInActivity:
    """The sign-ins and devices of a user, oldest first; filed under the user's id."""

    logged: tuple[LoggedSignIn, ...] = ()
    devices: tuple[Device, ...] = ()


_Session = AccessToken | RefreshToken | BrowserSession | AuthorizationCode

NOTHING: Final = SignInActivity()
"""Of a user who never signed in."""


def activity_of(context: CallContext, user: User) -> SignInActivity:
    """Return the sign-ins and devices of a user."""
    return context.records.get(SignInActivity, user.user_id) or NOTHING


def log_sign_in(context: CallContext, user: User, method: str) -> None:
    """Write down that a user signed in; tokens that the call gives from now on belong to the device."""
    agent, address = _agent(context), _address(context)
    device = Device(_device_id(user, agent), agent, address, context.now)
    held = activity_of(context, user)
    others = tuple(each for each in held.devices if each.device_id != device.device_id)
    entry = LoggedSignIn(context.now, method, address, agent)
    logged = (*held.logged, entry)[-MOST_LOGGED:]
    devices = (*others, device)[-MOST_DEVICES:]
    context.records.put(user.user_id, SignInActivity(logged, devices))
    context.device_id = device.device_id


def log_refusal(context: CallContext, user: User, method: str, outcome: Outcome) -> None:
    """Write down that somebody was refused who wanted to sign in as a user."""
    held = activity_of(context, user)
    entry = LoggedSignIn(context.now, method, _address(context), _agent(context), outcome.name)
    logged = (*held.logged, entry)[-MOST_LOGGED:]
    context.records.put(user.user_id, evolve(held, logged=logged))


def is_online(context: CallContext, user: User, device: Device) -> bool:
    """Return whether a token is still good that was given on a device."""
    return any(
        held.user_id == user.user_id
        and held.device_id == device.device_id
        and context.now < held.expires_at
        and not context.is_revoked(held)
        for held in context.records.all(AccessToken)
    )


def sign_out(context: CallContext, device_id: str) -> None:
    """End every session of the signed-in user on a device.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UNKNOWN_DEVICE``.
    """
    user = context.signed_in_user()
    _known(context, user, device_id)
    sessions: list[tuple[str, _Session]] = [
        *context.records.filed(AccessToken),
        *context.records.filed(RefreshToken),
        *context.records.filed(BrowserSession),
        *context.records.filed(AuthorizationCode),
    ]
    for key, held in sessions:
        if (held.user_id, held.device_id) == (user.user_id, device_id):
            context.records.delete(type(held), key)


def forget_device(context: CallContext, device_id: str) -> None:
    """Sign the signed-in user out on a device, and take it off the list; that the first is done too is assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UNKNOWN_DEVICE``.
    """
    user = context.signed_in_user()
    sign_out(context, device_id)
    held = activity_of(context, user)
    kept = tuple(each for each in held.devices if each.device_id != device_id)
    context.records.put(user.user_id, evolve(held, devices=kept))


def _known(context: CallContext, user: User, device_id: str) -> None:
    if all(each.device_id != device_id for each in activity_of(context, user).devices):
        raise Refusal(Outcome.UNKNOWN_DEVICE, why={"rule": "the user signed in on no such device"})


def _agent(context: CallContext) -> str:
    return context.headers.get("user-agent", "")[:512]


def _address(context: CallContext) -> str:
    for name in _ADDRESS_HEADERS:
        given = context.headers.get(name, "").partition(",")[0].strip()
        if given:
            return given[:64]
    return LOOPBACK


def _device_id(user: User, agent: str) -> str:
    """Return the id of a device: 16 letters and digits, as in the reference's example."""
    digest = sha256(f"{user.user_id}\n{agent}".encode(errors="surrogateescape")).digest()
    return b32encode(digest[:10]).decode()
