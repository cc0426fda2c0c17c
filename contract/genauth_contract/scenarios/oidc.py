"""OpenID Connect: tokens for a password, a refresh token or a secret, and who gets none."""

from __future__ import annotations

from genauth_contract.api.calls.oidc import (
    any_form,
    introspect,
    proof,
    revoke,
    token_of_client,
    tokens_by_password,
    tokens_by_refresh,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import Client, User
from genauth_contract.outcomes.oidc import (
    GRANT_NOT_IMITATED,
    GRANTED,
    INVALID_CLIENT,
    INVALID_GRANT,
    INVALID_REQUEST,
    INVALID_SCOPE,
    NO_CLIENT,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT_TYPE,
)
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import NO_CALL

_TOKEN = "API reference, /oidc/token"  # noqa: S105 - the name of a page
_RFC_6749 = "RFC 6749, section 5.2"
_EVERYTHING = "openid profile phone offline_access"


def granted_tokens(world: World, scope: str = _EVERYTHING) -> Answer:
    """Return tokens of a new user."""
    login = world.login_of(world.user_without_phone())
    return world.expect(GRANTED, tokens_by_password(world.client(), login, scope))


@scenario(Evidence.DOCS, _TOKEN, wire_only=NO_CALL)
def a_refresh_token_gives_new_tokens(world: World) -> None:
    old = world.field(granted_tokens(world), "refresh_token")
    answer = world.expect(GRANTED, tokens_by_refresh(world.client(), old))
    world.expect(OK, get_profile(User(world.field(answer, "access_token"))))


@scenario(Evidence.DOCS, _TOKEN, wire_only=NO_CALL)
def the_refresh_token_of_a_sign_in_gives_new_tokens(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    call = sign_in_by_password({"username": username}, password, "openid offline_access")
    old = world.field(world.expect(OK, call), "refresh_token")
    answer = world.expect(GRANTED, tokens_by_refresh(world.client(), old))
    world.expect(OK, get_profile(User(world.field(answer, "access_token"))))


@scenario(
    Evidence.UNKNOWN,
    "whether refresh tokens rotate is not written anywhere",
    wire_only=NO_CALL,
    question=11,
)
def whether_a_refresh_token_works_twice(world: World) -> None:
    old = world.field(granted_tokens(world), "refresh_token")
    world.expect(GRANTED, tokens_by_refresh(world.client(), old))
    world.expect(INVALID_GRANT.as_question(), tokens_by_refresh(world.client(), old))


@scenario(Evidence.ASSUMED, "RFC 6749, section 6", wire_only=NO_CALL)
def a_refresh_token_gives_no_more_than_was_granted(world: World) -> None:
    old = world.field(granted_tokens(world, "openid offline_access"), "refresh_token")
    world.expect(INVALID_SCOPE, tokens_by_refresh(world.client(), old, "openid phone"))
    world.expect(GRANTED, tokens_by_refresh(world.client(), old, "openid"))


@scenario(Evidence.ASSUMED, _RFC_6749, wire_only=NO_CALL)
def a_made_up_refresh_token_gives_nothing(world: World) -> None:
    world.expect(INVALID_GRANT, tokens_by_refresh(world.client(), "made-up-refresh-token"))


@scenario(
    Evidence.ASSUMED,
    _RFC_6749,
    wire_only=NO_CALL,
    mock_only="waiting for a live refresh token to expire takes weeks",
)
def an_expired_refresh_token_gives_nothing(world: World) -> None:
    world.mock.change_settings(refreshTokenLifetimeSeconds=60)
    old = world.field(granted_tokens(world), "refresh_token")
    world.advance(61)
    world.expect(INVALID_GRANT, tokens_by_refresh(world.client(), old))


@scenario(Evidence.DOCS, "API reference, signin, options.scope", wire_only=NO_CALL)
def without_offline_access_there_is_no_refresh_token(world: World) -> None:
    login = world.login_of(world.user_without_phone())
    call = tokens_by_password(world.client(), login, "openid")
    world.expect(GRANTED.with_data(refresh_token=None), call)


@scenario(Evidence.DOCS, f"{_TOKEN}: client credentials", wire_only=NO_CALL)
def a_program_gets_a_token_that_stands_for_no_user(world: World) -> None:
    expected = GRANTED.with_data(id_token=None, refresh_token=None)
    answer = world.expect(expected, token_of_client(world.client()))
    world.expect(NOT_SIGNED_IN, get_profile(User(world.field(answer, "access_token"))))


@scenario(Evidence.ASSUMED, _RFC_6749, wire_only=NO_CALL)
def a_wrong_password_gives_no_tokens(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    login = (username, f"not-{password}")
    world.expect(INVALID_GRANT, tokens_by_password(world.client(), login, "openid"))


@scenario(
    Evidence.ASSUMED,
    f"{_TOKEN}: grant types are a setting of the application",
    wire_only=NO_CALL,
    mock_only="a live application has the grant types it has",
)
def an_application_without_the_password_grant_says_so(world: World) -> None:
    login = world.login_of(world.user_without_phone())
    world.mock.change_settings(passwordGrant=False)
    world.expect(UNAUTHORIZED_CLIENT, tokens_by_password(world.client(), login, "openid"))


@scenario(Evidence.CLIENT, "an answer that a developer published", wire_only=NO_CALL)
def a_client_that_proves_nothing_gets_nothing(world: World) -> None:
    world.expect(NO_CLIENT, any_form("token", {"grant_type": "client_credentials"}))
    world.expect(NO_CLIENT, any_form("token/introspection", {"token": "made-up-token"}))
    world.expect(NO_CLIENT, any_form("token/revocation", {"token": "made-up-token"}))


@scenario(Evidence.ASSUMED, _RFC_6749, wire_only=NO_CALL, needs_strict_apps=True)
def a_wrong_secret_gets_nothing(world: World) -> None:
    impostor = Client(world.client().app_id, "not-the-secret-of-the-application")
    world.expect(INVALID_CLIENT, token_of_client(impostor))
    world.expect(INVALID_CLIENT, introspect(impostor, "made-up-token"))
    world.expect(INVALID_CLIENT, revoke(impostor, "made-up-token"))


@scenario(Evidence.ASSUMED, _RFC_6749, wire_only=NO_CALL)
def an_oidc_request_that_lacks_something_is_refused(world: World) -> None:
    client = world.client()
    world.expect(INVALID_REQUEST, any_form("token", proof(client)))
    ungranted = {**proof(client), "grant_type": "refresh_token"}
    world.expect(INVALID_REQUEST, any_form("token", ungranted))
    world.expect(INVALID_REQUEST, any_form("token/introspection", proof(client)))
    world.expect(INVALID_REQUEST, any_form("token/revocation", proof(client)))


@scenario(Evidence.ASSUMED, _RFC_6749, wire_only=NO_CALL)
def a_grant_type_that_does_not_exist_is_refused(world: World) -> None:
    form = {**proof(world.client()), "grant_type": "good_looks"}
    world.expect(UNSUPPORTED_GRANT_TYPE, any_form("token", form))


@scenario(
    Evidence.ASSUMED,
    "an application must not pass over in silence what a mock cannot do",
    wire_only=NO_CALL,
    mock_only="the mock's own answer",
)
def a_grant_type_that_is_not_imitated_says_so(world: World) -> None:
    asked = {"grant_type": "http://genauth.ai/oidc/grant_type/genauth_token", "token": "made-up"}
    form = {**proof(world.client()), **asked}
    world.expect(GRANT_NOT_IMITATED, any_form("token", form))
