"""Passkeys: made and used by a device in software, listed, taken away; and what proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from genauth_contract.api.authenticator import Authenticator
from genauth_contract.api.call import ApiCall, any_post
from genauth_contract.api.calls.passkeys import (
    add_passkey,
    check_passkeys,
    creation_options,
    list_passkeys,
    remove_passkey,
    remove_passkeys,
    request_options,
    sign_in_by_passkey,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.checks.matchers import listing, text
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.factors import UNKNOWN_PASSKEY
from genauth_contract.outcomes.models import NOBODY, User, is_object
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK, STATED
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_REFERENCE = "API reference, webauthn/..."
_HOST = "a live deployment takes passkeys from pages of its own domain"
_WIRE = "the body of this call is what a browser made, not fields of a method"
_PAGE = "https://app.example.com"
_TIMEOUT_SECONDS = 60
_CREDENTIAL = "credentialID"


@scenario(Evidence.DOCS, _REFERENCE, mock_only=_HOST)
def a_passkey_that_was_added_signs_its_user_in(world: World) -> None:
    user, device = world.user_without_phone(), _device(world)
    _added(world, user, device)
    asked, ticket = _request(world)
    proven = OK.with_data(verified=True)
    given = world.expect(proven, sign_in_by_passkey(ticket, device.use(asked)))
    tokens = given.data.get("tokenSet")
    signed_in = User(str(tokens.get("access_token")) if is_object(tokens) else "")
    world.secrets.learn("token", signed_in.access_token)
    username, _ = world.login_of(user)
    world.expect(OK.with_data(username=username), get_profile(signed_in))


@scenario(
    Evidence.ASSUMED, "no source: verified is false, as the reference has it", mock_only=_HOST
)
def a_ticket_of_a_passkey_works_once_and_for_a_minute(world: World) -> None:
    user, device = world.user_without_phone(), _device(world)
    _added(world, user, device)
    asked, ticket = _request(world)
    credential = device.use(asked)
    world.expect(OK.with_data(verified=True), sign_in_by_passkey(ticket, credential))
    world.expect(OK.with_data(verified=False), sign_in_by_passkey(ticket, credential))
    asked, ticket = _request(world)
    world.advance(_TIMEOUT_SECONDS)
    world.expect(OK.with_data(verified=False), sign_in_by_passkey(ticket, device.use(asked)))


@scenario(Evidence.DOCS, "Web Authentication, 7.1 and 7.2", mock_only=_HOST)
def what_another_page_or_challenge_made_proves_nothing(world: World) -> None:
    user, device = world.user_without_phone(), _device(world)
    _added(world, user, device)
    nothing = OK.with_data(verified=False)
    asked, ticket = _request(world)
    stale = {**asked, "challenge": _request(world)[0]["challenge"]}
    world.expect(nothing, sign_in_by_passkey(ticket, device.use(stale)))
    asked, ticket = _request(world)
    device.origin = "https://app.example.org"
    world.expect(nothing, sign_in_by_passkey(ticket, device.use(asked)))
    options, ticket = _creation(world, user)
    world.expect(nothing, add_passkey(user, ticket, device.make(options)))
    options, ticket = _creation(world, user)
    world.expect(nothing, add_passkey(world.another_user(), ticket, _device(world).make(options)))


@scenario(Evidence.CLIENT, "official SDK for Android, 2023-01", mock_only=_HOST)
def a_passkey_that_nobody_bound_is_refused(world: World) -> None:
    user, device = world.user_without_phone(), _device(world)
    device.make(_creation(world, user)[0])
    asked, ticket = _request(world)
    world.expect(UNKNOWN_PASSKEY, sign_in_by_passkey(ticket, device.use(asked)))


@scenario(
    Evidence.ASSUMED,
    "no source: what a list holds",
    mock_only=_HOST,
    wire_only="the SDK names no field of a passkey in a list",
)
def passkeys_are_listed_and_taken_away(world: World) -> None:
    user, device = world.user_without_phone(), _device(world)
    first, second, third = (_added(world, user, device) for _ in range(3))
    _has(world, user, first, second, third)
    world.expect(OK.with_data(success=True), remove_passkey(user, second))
    world.expect(OK.with_data(success=False), remove_passkey(user, second))
    world.expect(OK.with_data(success=False), remove_passkey(world.another_user(), third))
    left = OK.with_data(items=listing(_CREDENTIAL, third))
    world.expect(left, check_passkeys(user, second, third))
    world.expect(OK.with_data(success=True), remove_passkeys(user, authenticatorCode="face"))
    _has(world, user, first, third)
    world.expect(OK.with_data(success=True), remove_passkeys(user))
    _has(world, user)
    asked, ticket = _request(world)
    world.expect(UNKNOWN_PASSKEY, sign_in_by_passkey(ticket, device.use(asked)))


@scenario(Evidence.DOCS, _REFERENCE, wire_only=WANTS_SIGN_IN)
def no_passkey_is_touched_without_signing_in(world: World) -> None:
    for call in _calls_of(NOBODY):
        world.expect(NOT_SIGNED_IN, call)


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only=SUSPENDING,
    wire_only=_WIRE,
)
def a_suspended_user_has_no_call_about_passkeys(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    for call in _calls_of(user):
        world.expect(USER_SUSPENDED, call)


@scenario(Evidence.DOCS, _REFERENCE, wire_only=MALFORMED)
def what_is_missing_from_a_passkey_is_named(world: World) -> None:
    user = world.user_without_phone()
    for field, call in (
        ("ticket", any_post("webauthn/registration", {}, user)),
        ("registrationCredential", any_post("webauthn/registration", {"ticket": "t"}, user)),
        ("registrationCredential.id", add_passkey(user, "t", {})),
        ("authenticationCredential", any_post("webauthn/authentication", {"ticket": "t"})),
        ("authenticationCredential.type", sign_in_by_passkey("t", {"type": "password"})),
        ("credentialIds", any_post("webauthn/" + _CHECK, {"credentialIds": "one"}, user)),
        ("authenticatorCode", any_post("webauthn/" + _ALL, {"authenticatorCode": 1}, user)),
        ("authenticatorCode", any_post("webauthn/" + _LIST, {"authenticatorCode": 1}, user)),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


_CHECK = "check-valid-credentials-by-credIds"
_ALL = "remove-credentials-by-authenticator-code"
_LIST = "page-authenticator-device"


def _device(world: World) -> Authenticator:
    """Return a device on a page of the domain that the application's passkeys are for."""
    world.mock.change_settings(passkeyRpId="example.com")
    return Authenticator(_PAGE)


def _creation(world: World, user: User) -> tuple[Mapping[str, object], str]:
    asked = world.expect(OK.with_data(ticket=text), creation_options(user))
    return _options(asked, "registrationOptions"), world.field(asked, "ticket")


def _request(world: World) -> tuple[Mapping[str, object], str]:
    asked = world.expect(OK.with_data(ticket=text), request_options())
    return _options(asked, "authenticationOptions"), world.field(asked, "ticket")


def _options(asked: Answer, name: str) -> Mapping[str, object]:
    found = asked.data.get(name)
    return found if is_object(found) else {}


def _added(world: World, user: User, device: Authenticator) -> str:
    """Add a passkey; return its id."""
    options, ticket = _creation(world, user)
    credential = device.make(options)
    world.expect(OK.with_data(verified=True), add_passkey(user, ticket, credential))
    return str(credential["id"])


def _has(world: World, user: User, *ids: str) -> None:
    listed = STATED.with_data(totalCount=len(ids), list=listing(_CREDENTIAL, *ids))
    world.expect(listed, list_passkeys(user))


def _calls_of(user: User) -> Iterator[ApiCall]:
    device = Authenticator(_PAGE)
    party = {"rp": {"id": "example.com"}, "user": {"id": "dQ"}, "challenge": "YQ"}
    yield creation_options(user)
    yield add_passkey(user, "some-ticket", device.make(party))
    yield list_passkeys(user)
    yield check_passkeys(user, "some-id")
    yield remove_passkeys(user)
    yield remove_passkey(user, "some-id")
