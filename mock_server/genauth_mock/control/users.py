"""Users as the server sees them: made and signed in at once, found, changed, deleted."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.control.request import ControlError, Json, number_asked
from genauth_mock.control.user_fields import UserBody, UsersBody, factors_of, with_fields
from genauth_mock.engine.accounts import AccessToken, User
from genauth_mock.engine.context import identifiers
from genauth_mock.engine.given_factors import file_factors, show_factors
from genauth_mock.engine.memberships import shown_parts
from genauth_mock.engine.profile import timestamp
from genauth_mock.runtime.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from genauth_mock.control.request import ControlRequest
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.factor_records import Factor

FILTERS: Final = ("username", "email", "phoneNumber", "phoneCountryCode")
"""What ``GET /_mock/users`` takes."""

SHOWN_AT_ONCE: Final = 50
"""How many users are shown in one transaction."""

_USER_ID: Final = re.compile(r"[\w.-]{1,64}", re.ASCII)


async def create_user(request: ControlRequest) -> Json:
    """``POST /_mock/users``: make a user and sign it in; or many, all of them or none."""
    are_many = "users" in request.body
    bodies = request.read(UsersBody).users if are_many else [request.read(UserBody)]
    await request.deployment.token_issuers.ready()
    made = await request.run(lambda context: _create(context, bodies, are_many=are_many))
    return {"users": made} if are_many else made[0]


async def list_users(request: ControlRequest) -> Json:
    """``GET /_mock/users``: the users of the app that fit, oldest first."""
    wanted = _wanted(request.query)
    users = await request.run(lambda context: [*context.records.all(User)])
    fitting = [user async for user in in_turns(users) if all(fits(user) for fits in wanted)]
    shown: list[Json] = []
    async for start in in_turns(range(0, len(fitting), SHOWN_AT_ONCE)):
        some = fitting[start : start + SHOWN_AT_ONCE]
        shown += await request.run(partial(_with_factors, some))
    return {"users": shown}


def _with_factors(users: Iterable[User], context: CallContext) -> list[Json]:
    return [{**show_user(user), **show_factors(context, user)} for user in users]


async def one_user(request: ControlRequest) -> Json:
    """``GET /_mock/users/{userId}``."""

    def shown(context: CallContext) -> Json:
        user = _user_of(context, request)
        return {**show_user(user), **show_factors(context, user)}

    return await request.run(shown)


async def list_sessions(request: ControlRequest) -> Json:
    """``GET /_mock/users/{userId}/sessions``: the access tokens that are good, without the tokens."""
    sessions = await request.run(lambda context: [*_sessions(context, _user_of(context, request))])
    return {"sessions": sessions}


async def change_user(request: ControlRequest) -> Json:
    """``PATCH /_mock/users/{userId}``: the names given are changed, null takes away, the others stay."""
    body = request.read(UserBody)
    if "userId" in request.body:
        message = "userId: the id of a user stays as it is"
        raise ControlError(message)

    def change(context: CallContext) -> Json:
        user = _user_of(context, request)
        changed = evolve(with_fields(user, body, {*request.body}), updated_at=context.now)
        given = () if body.factors is None else factors_of(changed, body)
        _check_is_free(context, changed)
        context.save(changed, user)
        if "factors" in request.body:
            file_factors(context, user.user_id, given or ())
        return {**show_user(changed), **show_factors(context, changed)}

    return await request.run(change)


async def delete_user(request: ControlRequest) -> Json:
    """``DELETE /_mock/users/{userId}``: it is signed out, and what it had is free for others."""

    def delete(context: CallContext) -> User:
        user = _user_of(context, request)
        context.delete(user)
        return user

    return {"deleted": (await request.run(delete)).user_id}


async def sign_user_in(request: ControlRequest) -> Json:
    """``POST /_mock/users/{userId}/access-token``: one more access token; those before stay good."""
    await request.deployment.token_issuers.ready()

    def sign_in(context: CallContext) -> Json:
        token = context.sign_in(_user_of(context, request), scope=None)
        lifetime = context.settings.access_token_lifetime
        return {"accessToken": token, "expiresIn": lifetime.total_seconds()}

    return await request.run(sign_in)


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
        **shown_parts(user.memberships),
    }


def _user_of(context: CallContext, request: ControlRequest) -> User:
    user_id = request.path["userId"]
    user = context.user(user_id)
    if user is None:
        message = f"userId {user_id!r} is not a user of app {request.app_id!r}"
        raise ControlError(message, status=404)
    return user


def _create(context: CallContext, bodies: list[UserBody], *, are_many: bool) -> list[Json]:
    now = context.now
    users: list[tuple[User, tuple[Factor, ...] | None]] = []
    taken: set[str] = set()
    ids = {body.user_id for body in bodies if body.user_id}
    for index, body in enumerate(bodies):
        where = f"users[{index}]: " if are_many else ""
        user_id = _user_id(context, body, where, ids)
        ids.add(user_id)
        blank = User(user_id, created_at=now, updated_at=now, source="adminCreated")
        user = with_fields(blank, body, where=where)
        _check_is_free(context, user, taken, where)
        taken |= {f"userId:{user.user_id}", *identifiers(user)}
        users.append((user, factors_of(user, body, where)))
    return [_filed(context, user, given) for user, given in users]


def _filed(context: CallContext, user: User, given: tuple[Factor, ...] | None) -> Json:
    """File a new user, and sign it in."""
    context.save(user)
    shown = show_user(user)
    if given:
        file_factors(context, user.user_id, given)
        shown |= show_factors(context, user)
    return {**shown, "accessToken": context.sign_in(user, scope=None)}


def _sessions(context: CallContext, user: User) -> Iterator[Json]:
    """Yield when each access token of a user was made, and until when it is good; oldest first."""
    for token in context.records.all(AccessToken):
        is_good = context.now < token.expires_at and not context.is_revoked(token)
        if token.user_id == user.user_id and is_good:
            yield {
                "signedInAt": token.issued_at and timestamp(token.issued_at),
                "expiresAt": timestamp(token.expires_at),
                "scope": token.scope,
            }


def _user_id(context: CallContext, body: UserBody, where: str, avoided: Collection[str]) -> str:
    given = body.user_id
    if given is None:
        return context.new_user_id(avoided)
    if not _USER_ID.fullmatch(given):
        message = f"{where}userId must be 1 to 64 letters, digits, dots, - or _"
        raise ControlError(message)
    if context.user(given) is not None:
        message = f"{where}userId: another user of the app has it"
        raise ControlError(message, status=409)
    return given


def _check_is_free(
    context: CallContext, user: User, taken: set[str] | None = None, where: str = ""
) -> None:
    """Refuse a user who has what another one has; ``taken`` is what others of the same call have."""
    names = {f"userId:{user.user_id}"} & (taken or set())
    for identifier in identifiers(user):
        owner = context.named(identifier)
        if identifier in (taken or ()) or (owner is not None and owner.user_id != user.user_id):
            names.add(identifier)
    if names:
        words = ", ".join(sorted(name.partition(":")[0] for name in names))
        message = f"{where}{words}: another user of the app has it"
        raise ControlError(message, status=409)


def _wanted(query: Mapping[str, str]) -> list[Callable[[User], bool]]:
    username, email = query.get("username"), query.get("email")
    if email and "@" not in email:
        message = "email must be an e-mail address; for a number there is phoneNumber"
        raise ControlError(message)
    number, code = number_asked(query)
    wanted: list[Callable[[User], bool]] = []
    if username:
        wanted.append(lambda user: user.username == username)
    if email:
        wanted.append(lambda user: user.email is not None and user.email.key == email.lower())
    if number:
        wanted.append(lambda user: user.phone is not None and user.phone.number == number)
    if code:
        wanted.append(lambda user: user.phone is not None and user.phone.country_code == code)
    return wanted
