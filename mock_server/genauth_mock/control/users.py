"""Users as the server sees them, and new ones signed in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control import request
from genauth_mock.control.request import Json, Objection
from genauth_mock.engine import address
from genauth_mock.engine.accounts import Status, User
from genauth_mock.engine.context import handles
from genauth_mock.engine.profile import timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.request import Asked
    from genauth_mock.engine.address import Email, Phone
    from genauth_mock.engine.context import Turn

NAMES = (
    "username",
    "password",
    "email",
    "phoneNumber",
    "phoneCountryCode",
    "status",
    "nickname",
    "customData",
)


async def create_user(asked: Asked) -> Json:
    """``POST /_mock/users``: make a user and sign it in."""
    asked.check_names(*NAMES)
    await asked.deployment.mints.ready()
    return await asked.play(lambda turn: _create(turn, asked))


async def list_users(asked: Asked) -> Json:
    """``GET /_mock/users``: every user of the app, oldest first."""
    users = await asked.play(lambda turn: list(turn.records.all(User)))
    return {"users": [show_user(user) for user in users]}


async def one_user(asked: Asked) -> Json:
    """``GET /_mock/users/{userId}``."""
    user_id = asked.path["userId"]
    user = await asked.play(lambda turn: turn.user(user_id))
    if user is None:
        message = f"userId {user_id!r} is no user of app {asked.app_id!r}"
        raise Objection(message, status=404)
    return show_user(user)


def show_user(user: User) -> Json:
    """Show a user; the password never leaves."""
    return {
        "userId": user.user_id,
        "username": user.username,
        "email": user.email and user.email.text,
        "phoneNumber": user.phone and user.phone.number,
        "phoneCountryCode": user.phone and user.phone.country_code,
        "phoneVerified": user.phone is not None,
        "status": user.status,
        "hasPassword": user.password is not None,
        "loginsCount": user.logins_count,
        "createdAt": timestamp(user.created_at),
        "updatedAt": timestamp(user.updated_at),
        **user.profile,
    }


def _create(turn: Turn, asked: Asked) -> Json:
    user = User(
        user_id=turn.chance.identifier(),
        created_at=turn.now,
        updated_at=turn.now,
        username=asked.text("username"),
        password=asked.text("password"),
        phone=_phone(asked),
        email=_email(asked),
        status=_status(asked),
        source="adminCreated",
        profile=_profile(asked.body),
    )
    taken = sorted(handle for handle in handles(user) if turn.named(handle))
    if taken:
        names = ", ".join(handle.partition(":")[0] for handle in taken)
        message = f"{names}: another user of the app has it"
        raise Objection(message, status=409)
    turn.save(user)
    return {**show_user(user), "accessToken": turn.sign_in(user, scope=None)}


def _phone(asked: Asked) -> Phone | None:
    number, country_code = asked.text("phoneNumber"), asked.text("phoneCountryCode")
    if number is None:
        return None
    if request.is_whole(number):
        number, its_code = request.split(number)
        if (country_code or its_code).lstrip("+") != its_code.lstrip("+"):
            message = (
                f"phoneCountryCode is {country_code!r}, and phoneNumber begins with {its_code}"
            )
            raise Objection(message)
        country_code = its_code
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise Objection(str(error)) from None


def _email(asked: Asked) -> Email | None:
    text = asked.text("email")
    if text is None:
        return None
    try:
        return address.email(text)
    except ValueError as error:
        raise Objection(str(error)) from None


def _status(asked: Asked) -> Status:
    given = asked.text("status")
    try:
        return Status.ACTIVATED if given is None else Status(given)
    except ValueError:
        message = f"status must be one of {', '.join(Status)}"
        raise Objection(message) from None


def _profile(body: Mapping[str, object]) -> dict[str, object]:
    return {name: body[name] for name in ("nickname", "customData") if body.get(name) is not None}
