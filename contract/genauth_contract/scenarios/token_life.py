"""What tokens of OpenID Connect say, what they are good for, and how they end."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import cast

import attrs
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization, OctKey

from genauth_contract.api.calls.oidc import (
    discovery,
    introspect,
    jwks,
    revoke,
    tokens_by_password,
    tokens_by_refresh,
    user_info,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.checks.matchers import (
    bearer,
    ends_with,
    positive,
    text,
)
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, Client, User
from genauth_contract.outcomes.oidc import GRANTED, INVALID_GRANT, INVALID_TOKEN, NO_TOKEN, REVOKED
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.oidc import granted_tokens
from genauth_contract.scenarios.reasons import NO_CALL
from genauth_contract.scenarios.sign_in import ACCESS_TOKEN_LIFETIME_SECONDS

_TOKEN = "API reference, /oidc/token"  # noqa: S105 - the name of a page


@scenario(Evidence.DOCS, _TOKEN, wire_only=NO_CALL)
def tokens_say_what_they_are_good_for_and_how_long(world: World) -> None:
    login, scope = world.login_of(world.user_without_phone()), "openid profile"
    lifetime = ACCESS_TOKEN_LIFETIME_SECONDS if world.checker.exact else positive
    expected = GRANTED.with_data(
        token_type=bearer, scope=world.unless_left_out(scope), expires_in=lifetime
    )
    answer = world.expect(expected, tokens_by_password(world.client(), login, scope))
    described = GRANTED.with_data(
        active=True,
        scope=world.unless_left_out(scope),
        client_id=world.unless_left_out(world.client().app_id),
        token_type=world.unless_left_out("Bearer"),
        sub=text,
        iss=ends_with("/oidc"),
        exp=positive,
        iat=positive,
    )
    call = introspect(world.client(), world.field(answer, "access_token"))
    told = world.expect(described, call).data
    user = User(world.field(answer, "access_token"))
    world.expect(GRANTED.with_data(sub=told.get("sub")), user_info(user))


@scenario(Evidence.DOCS, "API reference, signin, options.scope: phone", wire_only=NO_CALL)
def me_shows_what_the_scope_names(world: World) -> None:
    user, phone = world.user_with_phone()
    login = world.login_of(user)
    wide = world.expect(GRANTED, tokens_by_password(world.client(), login, "openid phone"))
    narrow = world.expect(GRANTED, tokens_by_password(world.client(), login, "openid"))
    bound = GRANTED.with_data(phone_number=phone.number, phone_number_verified=True)
    for method in ("GET", "POST"):
        world.expect(bound, user_info(User(world.field(wide, "access_token")), method))
    hidden = GRANTED.with_data(phone_number=None)
    world.expect(hidden, user_info(User(world.field(narrow, "access_token"))))


@scenario(Evidence.ASSUMED, "RFC 6750, section 3.1", wire_only=NO_CALL)
def me_is_nobody_without_a_good_token(world: World) -> None:
    world.expect(INVALID_TOKEN, user_info(User("made-up-access-token")))
    world.expect(NO_TOKEN, user_info(NOBODY))


@scenario(Evidence.CLIENT, "raw answer in live tests of the C# SDK", wire_only=NO_CALL)
def me_takes_one_token_alone(world: World) -> None:
    user = User(world.field(granted_tokens(world), "access_token"))
    call = user_info(user)
    again = f"{call.path}?access_token={user.access_token}"
    world.expect(NO_TOKEN, attrs.evolve(call, path=again))


@scenario(Evidence.DOCS, "API reference, /oidc/token/introspection", wire_only=NO_CALL)
def introspection_tells_good_tokens_from_others(world: World) -> None:
    answer, client = granted_tokens(world), world.client()
    active = GRANTED.with_data(active=True)
    for name in ("access_token", "refresh_token"):
        world.expect(active, introspect(client, world.field(answer, name)))
    inactive = GRANTED.with_data(active=False)
    world.expect(inactive, introspect(client, world.field(answer, "id_token")))
    world.expect(inactive, introspect(client, "made-up-token"))


@scenario(
    Evidence.DOCS,
    "tokens that people published since 2021",
    wire_only=NO_CALL,
    mock_only="waiting for a live access token to expire takes hours",
)
def an_expired_access_token_is_no_longer_active(world: World) -> None:
    token = world.field(granted_tokens(world), "access_token")
    world.advance(ACCESS_TOKEN_LIFETIME_SECONDS + 1)
    world.expect(GRANTED.with_data(active=False), introspect(world.client(), token))
    world.expect(INVALID_TOKEN, user_info(User(token)))


@scenario(Evidence.DOCS, "API reference, /oidc/token/revocation", wire_only=NO_CALL)
def a_revoked_access_token_is_good_for_nothing(world: World) -> None:
    token, client = world.field(granted_tokens(world), "access_token"), world.client()
    world.expect(REVOKED, revoke(client, token))
    world.expect(GRANTED.with_data(active=False), introspect(client, token))
    world.expect(NOT_SIGNED_IN, get_profile(User(token)))
    world.expect(INVALID_TOKEN, user_info(User(token)))


@scenario(Evidence.DOCS, "API reference, /oidc/token/revocation", wire_only=NO_CALL)
def a_revoked_refresh_token_gives_nothing(world: World) -> None:
    token, client = world.field(granted_tokens(world), "refresh_token"), world.client()
    world.expect(REVOKED, revoke(client, token))
    world.expect(INVALID_GRANT, tokens_by_refresh(client, token))


@scenario(Evidence.ASSUMED, "RFC 7009, section 2.2", wire_only=NO_CALL)
def revoking_a_made_up_token_is_no_mistake(world: World) -> None:
    world.expect(REVOKED, revoke(world.client(), "made-up-token"))


def _verifies(keys: Answer, client: Client, **claims: str) -> Callable[[object], bool]:
    """Accept a token that these keys signed, or the client's secret, and that claims this."""

    def fits(token: object) -> bool:
        published = cast("KeySetSerialization", keys.body)
        try:
            head = json.loads(urlsafe_b64decode(f"{str(token).partition('.')[0]}=="))
            is_by_secret = head.get("alg") == "HS256" and "kid" not in head
            key = (
                OctKey.import_key(client.app_secret)
                if is_by_secret
                else KeySet.import_key_set(published)
            )
            said = jwt.decode(str(token), key, ["HS256" if is_by_secret else "RS256"]).claims
        except (JoseError, ValueError, KeyError, TypeError):
            return False
        return claims.items() <= said.items()

    return fits


@scenario(Evidence.DOCS, "API reference, OIDC discovery", wire_only=NO_CALL)
def discovery_says_where_everything_is(world: World) -> None:
    places = {
        "issuer": "/oidc",
        "token_endpoint": "/oidc/token",
        "userinfo_endpoint": "/oidc/me",
        "jwks_uri": "/oidc/.well-known/jwks.json",
        "introspection_endpoint": "/oidc/token/introspection",
        "revocation_endpoint": "/oidc/token/revocation",
    }
    expected = {name: ends_with(place) for name, place in places.items()}
    world.expect(GRANTED.with_data(**expected), discovery())


@scenario(
    Evidence.DOCS,
    "API reference, /oidc/token/introspection: jwks.json verifies what is signed with RS256",
    wire_only=NO_CALL,
)
def access_and_id_token_verify_with_the_published_keys(world: World) -> None:
    login, client = world.login_of(world.user_without_phone()), world.client()
    signed = _verifies(world.expect(GRANTED, jwks()), client, aud=client.app_id)
    expected = GRANTED.with_data(access_token=signed, id_token=signed)
    world.expect(expected, tokens_by_password(client, login, "openid profile"))


@scenario(Evidence.DOCS, "API reference, signin; OpenID Connect Core: sub", wire_only=NO_CALL)
def the_id_token_and_me_and_the_profile_mean_the_same_user(world: World) -> None:
    login = world.login_of(world.user_without_phone())
    first = world.expect(GRANTED, tokens_by_password(world.client(), login, "openid"))
    user = User(world.field(first, "access_token"))
    user_id = world.field(world.expect(OK, get_profile(user)), "userId")
    world.expect(GRANTED.with_data(sub=user_id), user_info(user))
    signed = _verifies(world.expect(GRANTED, jwks()), world.client(), sub=user_id)
    again = tokens_by_password(world.client(), login, "openid")
    world.expect(GRANTED.with_data(id_token=signed), again)


@scenario(Evidence.DOCS, "API reference, signin: id_token", wire_only=NO_CALL)
def the_id_token_of_a_sign_in_is_signed_and_means_the_user(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    user_id = world.field(world.expect(OK, get_profile(user)), "userId")
    client = world.client()
    keys = world.expect(GRANTED, jwks())
    signed = _verifies(keys, client, sub=user_id, aud=client.app_id)
    call = sign_in_by_password({"username": username}, password, "openid")
    world.expect(OK.with_data(id_token=signed), call)
