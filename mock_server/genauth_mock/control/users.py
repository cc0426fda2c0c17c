"""Users as the server sees them, and new ones signed in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from genauth_mock.control.request import ControlError, Json, is_e164, split_e164
from genauth_mock.engine import address
from genauth_mock.engine.accounts import Status, User
from genauth_mock.engine.context import identifiers
from genauth_mock.engine.json_values import camel_cased
from genauth_mock.engine.profile import timestamp

if TYPE_CHECKING:
    from genauth_mock.control.request import ControlRequest
    from genauth_mock.engine.address import Email, Phone
    from genauth_mock.engine.context import CallContext


@frozen(field_transformer=camel_cased)
class NewUserBody:
    """Body of ``POST /_mock/users``."""

    username: str | None = None
    password: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone_number: str | None = field(default=None, repr=False)
    phone_country_code: str | None = None
    status: Status | None = None
    nickname: str | None = None
    custom_data: dict[str, object] | None = None


async def create_user(request: ControlRequest) -> Json:
    """``POST /_mock/users``: make a user and sign it in."""
    body = request.read(NewUserBody)
    await request.deployment.token_issuers.ready()
    return await request.run(lambda context: _create(context, body))


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


def _create(context: CallContext, body: NewUserBody) -> Json:
    profile = {"nickname": body.nickname, "customData": body.custom_data}
    user = User(
        user_id=context.randomness.identifier(),
        created_at=context.now,
        updated_at=context.now,
        username=body.username,
        password=body.password,
        phone=_phone(body),
        email=_email(body.email),
        status=body.status or Status.ACTIVATED,
        source="adminCreated",
        profile={name: value for name, value in profile.items() if value is not None},
    )
    taken = sorted(identifier for identifier in identifiers(user) if context.named(identifier))
    if taken:
        names = ", ".join(identifier.partition(":")[0] for identifier in taken)
        message = f"{names}: another user of the app has it"
        raise ControlError(message, status=409)
    context.save(user)
    return {**show_user(user), "accessToken": context.sign_in(user, scope=None)}


def _phone(body: NewUserBody) -> Phone | None:
    number, country_code = body.phone_number, body.phone_country_code
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


def _email(text: str | None) -> Email | None:
    try:
        return None if text is None else address.email(text)
    except ValueError as error:
        raise ControlError(str(error)) from None
