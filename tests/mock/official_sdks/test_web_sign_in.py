"""The official Python SDKs sign a user in on the web, with their own links and their own calls, to the sign-out."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest

from genauth_mock.testing import GenAuthServer
from tests.mock.official_sdks.support import BACK, SCOPE, Sdk, client_of

BYE = "https://app.example/bye"


def code_by(sdk: Sdk, genauth: GenAuthServer, **asked: str) -> str:
    """Return the code that a browser brings back from the SDK's own link."""
    back = genauth.authorize(sdk.build_authorize_url(**asked), "alice")
    assert back.startswith(f"{BACK}?")
    [code] = parse_qs(urlsplit(back).query)["code"]
    return code


def left_for(link: str) -> str:
    """Return where a browser is sent that follows the SDK's link to sign out."""
    parts = urlsplit(link)
    connection = HTTPConnection(parts.netloc)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().getheader("Location", "")
    finally:
        connection.close()


@pytest.mark.parametrize("package", ["genauth", "authing"])
@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic", "none"])
@pytest.mark.parametrize("protocol", ["oidc", "oauth"])
def test_a_user_signs_in_stays_and_signs_out(
    package: str, method: str, protocol: str, genauth: GenAuthServer
) -> None:
    user = genauth.new_user(username="alice")
    settings = {"redirectUris": [BACK], "logoutRedirectUris": [BYE]}
    genauth.settings(tokenEndpointAuthMethod=method, **settings)
    ways = (f"{which}_endpoint_auth_method" for which in ("token", "introspection", "revocation"))
    options = {"redirect_uri": BACK, "protocol": protocol, **dict.fromkeys(ways, method)}
    sdk = client_of(package, genauth, **options)

    tokens = sdk.get_access_token_by_code(code_by(sdk, genauth, scope=SCOPE))
    assert sdk.get_user_info_by_access_token(tokens["access_token"])["sub"] == user.user_id
    fresh = sdk.get_new_access_token_by_refresh_token(tokens["refresh_token"])
    assert sdk.introspect_token(fresh["access_token"])["sub"] == user.user_id
    assert sdk.revoke_token(fresh["access_token"]) is True
    assert sdk.introspect_token(fresh["access_token"]) == {"active": False}
    assert left_for(sdk.build_logout_url(BYE, tokens["id_token"])) == BYE


@pytest.mark.parametrize("package", ["genauth", "authing"])
@pytest.mark.parametrize("method", ["S256", "plain"])
def test_a_code_is_kept_by_the_sdks_own_challenge(
    package: str, method: str, genauth: GenAuthServer
) -> None:
    genauth.new_user(username="alice")
    genauth.settings(redirectUris=[BACK])
    sdk = client_of(package, genauth, redirect_uri=BACK)
    verifier = sdk.generate_code_challenge()
    digest = sdk.generate_code_challenge_digest(verifier, method)
    code = code_by(sdk, genauth, code_challenge=digest, code_challenge_method=method)
    assert sdk.get_access_token_by_code(code)["error"] == "invalid_grant"
    assert sdk.get_access_token_by_code(code, verifier)["access_token"]
