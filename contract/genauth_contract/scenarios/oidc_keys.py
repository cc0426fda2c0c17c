"""OpenID Connect: where everything is, and the published keys that tokens verify with."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from genauth_contract.calls import get_profile, sign_in_by_password
from genauth_contract.evidence import Evidence
from genauth_contract.expect import Answer
from genauth_contract.oidc_calls import discovery, jwks, tokens_by_password, user_info
from genauth_contract.outcomes.oidc import GRANTED
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import User
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.reasons import NO_CALL
from genauth_contract.values import ends_with
from genauth_contract.world import World


def _verifies(keys: Answer, **claims: str) -> Callable[[object], bool]:
    """Accept a token that these keys signed and that claims this."""

    def fits(token: object) -> bool:
        published = cast("KeySetSerialization", keys.body)
        try:
            said = jwt.decode(str(token), KeySet.import_key_set(published), ["RS256"]).claims
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
    signed = _verifies(world.expect(GRANTED, jwks()), aud=client.app_id)
    expected = GRANTED.with_data(access_token=signed, id_token=signed)
    world.expect(expected, tokens_by_password(client, login, "openid profile"))


@scenario(Evidence.DOCS, "API reference, signin; OpenID Connect Core: sub", wire_only=NO_CALL)
def the_id_token_and_me_and_the_profile_mean_the_same_user(world: World) -> None:
    login = world.login_of(world.user_without_phone())
    first = world.expect(GRANTED, tokens_by_password(world.client(), login, "openid"))
    user = User(world.field(first, "access_token"))
    user_id = world.field(world.expect(OK, get_profile(user)), "userId")
    world.expect(GRANTED.with_data(sub=user_id), user_info(user))
    signed = _verifies(world.expect(GRANTED, jwks()), sub=user_id)
    again = tokens_by_password(world.client(), login, "openid")
    world.expect(GRANTED.with_data(id_token=signed), again)


@scenario(Evidence.DOCS, "API reference, signin: id_token", wire_only=NO_CALL)
def the_id_token_of_a_sign_in_is_signed_and_means_the_user(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    user_id = world.field(world.expect(OK, get_profile(user)), "userId")
    signed = _verifies(world.expect(GRANTED, jwks()), sub=user_id, aud=world.client().app_id)
    call = sign_in_by_password({"username": username}, password, "openid")
    world.expect(OK.with_data(id_token=signed), call)
