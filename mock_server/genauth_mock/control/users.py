"""Users as the server sees them, and new ones signed in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.control.request import ControlError, Json, is_e164, split_e164
from genauth_mock.engine import address
from genauth_mock.engine.accounts import Status, User
from genauth_mock.engine.context import identifiers
from genauth_mock.engine.profile import timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.control.request import ControlRequest
    from genauth_mock.engine.address import Email, Phone
    from genauth_mock.engine.context import CallContext

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


async def create_user(request: ControlRequest) -> Json:
    """``POST /_mock/users``: make a user and sign it in."""
    request.check_names(*NAMES)
    await request.deployment.token_issuers.ready()
    return await request.run(lambda context: _create(context, request))


async def list_users(request: ControlRequest) -> Json:
    """``GET /_mock/users``: every user of the app, oldest first."""
    users = await request.run(lambda context: list(context.records.all(User)))
    return {"users": [show_user(user) for user in users]}


async def one_user(request: ControlRequest) -> Json:
    """``GET /_mock/users/{userId}``."""
    user_id = request.path["userId"]
    user = await request.run(lambda context: context.user(user_id))
    if user is None:
        message = f"userId {user_id!r} is no user of app {request.app_id!r}"
        raise ControlError(message, status=404)
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


def _create(context: CallContext, request: ControlRequest) -> Json:
    user = User(
        user_id=context.randomness.identifier(),
        created_at=context.now,
        updated_at=context.now,
        username=request.text("username"),
        password=request.text("password"),
        phone=_phone(request),
        email=_email(request),
        status=_status(request),
        source="adminCreated",
        profile=_profile(request.body),
    )
    taken = sorted(identifier for identifier in identifiers(user) if context.named(identifier))
    if taken:
        names = ", ".join(identifier.partition(":")[0] for identifier in taken)
        message = f"{names}: another user of the app has it"
        raise ControlError(message, status=409)
    context.save(user)
    return {**show_user(user), "accessToken": context.sign_in(user, scope=None)}


def _phone(request: ControlRequest) -> Phone | None:
    number, country_code = request.text("phoneNumber"), request.text("phoneCountryCode")
    if number is None:
        return None
    if is_e164(number):
        number, its_code = split_e164(number)
        if (country_code or its_code).lstrip("+") != its_code.lstrip("+"):
            message = (
                f"phoneCountryCode is {country_code!r}, and phoneNumber begins with {its_code}"
            )
            raise ControlError(message)
        country_code = its_code
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise ControlError(str(error)) from None


def _email(request: ControlRequest) -> Email | None:
    text = request.text("email")
    if text is None:
        return None
    try:
        return address.email(text)
    except ValueError as error:
        raise ControlError(str(error)) from None


def _status(request: ControlRequest) -> Status:
    given = request.text("status")
    try:
        return Status.ACTIVATED if given is None else Status(given)
    except ValueError:
        message = f"status must be one of {', '.join(Status)}"
        raise ControlError(message) from None


def _profile(body: Mapping[str, object]) -> dict[str, object]:
    return {name: body[name] for name in ("nickname", "customData") if body.get(name) is not None}
