"""Codes that are mailed: what for, to whom, and how long they live."""

from __future__ import annotations

from genauth_contract.email_calls import bind_email, send_email
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import PassCode, User
from genauth_contract.world import World

BIND = "CHANNEL_BIND_EMAIL"
UNBIND = "CHANNEL_UNBIND_EMAIL"
LOGIN = "CHANNEL_LOGIN"

ADDRESS = "someone@example.com"
ANOTHER = "another@example.com"

CODE_LIFETIME_SECONDS = 300
"""Source: API reference, send-email template: expiresIn 300."""


def mailed(world: World, email: str, channel: str) -> PassCode:
    """Have a code mailed and give it."""
    world.expect(OK, send_email(email, channel))
    return world.mock.mailed(email, channel)


def user_with_email(world: World) -> User:
    """Give a user who has an address bound, and another way to sign in."""
    user = world.user_without_phone()
    world.expect(OK, bind_email(user, ADDRESS, mailed(world, ADDRESS, BIND)))
    return user
