"""The links that a browser is sent to: whole, quoted, and with everything that has to be kept."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from aiogenauth import AuthenticationClient, InvalidInput
from aiogenauth.configuration import Settings
from aiogenauth.oidc.authorization_request import AuthorizationRequest
from aiogenauth.oidc.pkce import challenge_of
from aiogenauth.oidc.urls import AuthorizeUrl, authorize_url
from tests.sdk.oidc.addresses import BACK, HOST, ODD, parts
from tests.sdk.support.canaries import shown


def link(
    protocol: str = "oidc",
    settings: dict[str, Any] | None = None,
    **asked: Any,  # noqa: ANN401 - any parameter of a link
) -> AuthorizeUrl:
    known: dict[str, Any] = {"protocol": protocol, "redirect_uri": BACK} | (settings or {})
    return authorize_url(Settings("app-1", HOST, **known), AuthorizationRequest(**asked))


def test_openid_connect_asks_for_a_code_with_state_nonce_and_pkce() -> None:
    url = link()
    where, query = parts(url)
    assert where == f"{HOST}/oidc/auth"
    assert query == {
        "nonce": url.nonce,
        "state": url.state,
        "scope": "openid profile email phone address",
        "client_id": "app-1",
        "redirect_uri": BACK,
        "response_type": "code",
        "code_challenge": challenge_of(url.code_verifier or ""),
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize(
    "mistake",
    [
        {"redirect_uri": "nowhere"},
        {"response_type": "rubbish"},
        {"response_mode": "pigeon"},
        {"prompt": "dance"},
        {"service": "s"},
        {"scope": ""},
        {"code_challenge": "canary-challenge"},
        {"state": "canary-state\n"},
        {"nonce": "canary-nonce\ud800"},
    ],
    ids=str,
)
def test_a_link_that_is_refused_shows_nothing_that_has_to_be_kept(mistake: dict[str, Any]) -> None:
    kept: dict[str, Any] = {
        "state": "canary-state",
        "nonce": "canary-nonce",
        "login_hint": "canary",
    }
    client = AuthenticationClient("app-1", HOST, redirect_uri=BACK)
    with pytest.raises(InvalidInput) as refused:
        client.build_authorize_url(**{**kept, **mistake})
    assert refused.value.field in mistake
    assert not [text for text in shown(refused.value) if "canary" in text]


def test_what_has_to_be_kept_is_plain_text_and_the_verifier_shows_nothing() -> None:
    url = link(state="mine", nonce="once")
    assert (type(url.state), type(url.nonce)) == (str, str)
    assert not [text for text in shown(url) if str(url.code_verifier) in text]


def test_oauth_asks_for_a_code_without_a_nonce() -> None:
    url = link("oauth")
    where, query = parts(url)
    assert where == f"{HOST}/oauth/auth"
    assert query == {
        "state": url.state,
        "scope": "user",
        "client_id": "app-1",
        "redirect_uri": BACK,
        "response_type": "code",
        "code_challenge": challenge_of(url.code_verifier or ""),
        "code_challenge_method": "S256",
    }
    assert url.nonce is None


def test_saml_and_cas_have_addresses_of_their_own() -> None:
    assert link("saml") == f"{HOST}/api/v2/saml-idp/app-1"
    assert link("cas") == f"{HOST}/cas-idp/app-1"
    where, query = parts(link("cas", service=BACK))
    assert (where, query) == (f"{HOST}/cas-idp/app-1", {"service": BACK})
    assert link("cas").state is None


def test_everything_that_is_asked_for_is_sent_and_quoted() -> None:
    asked: dict[str, Any] = {
        "redirect_uri": "myapp:/callback?x=%20&y=ü",
        "response_mode": "form_post",
        "state": ODD,
        "nonce": ODD,
        "scope": "openid roles",
        "prompt": "login consent",
        "login_hint": ODD,
        "tenant_id": ODD,
        "ext_idp_conn_id": ODD,
    }
    url = link(**asked)
    _, query = parts(url)
    assert {name: query[name] for name in asked} == asked
    assert (url.state, url.nonce) == (ODD, ODD)


def test_what_is_drawn_is_never_drawn_twice() -> None:
    made = [link() for _ in range(50)]
    for name in ("state", "nonce", "code_verifier"):
        drawn = [getattr(url, name) for url in made]
        assert len(set(drawn)) == 50
        assert min(map(len, drawn)) >= 22


def test_pkce_can_be_switched_off() -> None:
    url = link(pkce=False)
    assert url.code_verifier is None
    assert not [name for name in parts(url)[1] if name.startswith("code_")]


@pytest.mark.parametrize("kind", ["id_token", "none", "id_token token"])
def test_a_sign_in_without_a_code_has_no_challenge(kind: str) -> None:
    url = link(response_type=kind)
    assert "code_challenge" not in parts(url)[1]
    assert url.code_verifier is None


def test_a_response_type_may_be_spelled_in_any_order() -> None:
    assert parts(link(response_type="token code  id_token"))[1]["response_type"] == (
        "code id_token token"
    )


@pytest.mark.parametrize(
    ("scope", "prompt", "sent"),
    [
        ("openid offline_access", None, "consent"),
        ("openid my_offline_access_x", None, None),
        ("openid offline_access", "login consent", "login consent"),
        ("openid", None, None),
    ],
)
def test_a_refresh_token_needs_consent(scope: str, prompt: str | None, sent: str | None) -> None:
    assert parts(link(scope=scope, prompt=prompt))[1].get("prompt") == sent


@pytest.mark.parametrize("protocol", ["oidc", "oauth"])
def test_a_missing_redirect_uri_is_refused(protocol: str) -> None:
    with pytest.raises(InvalidInput, match="comes back to") as refused:
        link(protocol, {"redirect_uri": None})
    assert refused.value.field == "redirect_uri"


@pytest.mark.parametrize(
    ("field", "value", "protocol"),
    [
        ("redirect_uri", "/callback", "oidc"),
        ("redirect_uri", "https://x.example/#part", "oidc"),
        ("redirect_uri", "https://x.example/a b", "oidc"),
        ("redirect_uri", "https://[::1", "oidc"),
        ("redirect_uri", "", "oidc"),
        ("redirect_uri", 7, "oidc"),
        ("state", "a\nb", "oidc"),
        ("state", "\ud800", "oidc"),
        ("response_type", "rubbish", "oidc"),
        ("response_type", "id_token", "oauth"),
        ("response_mode", "post", "oidc"),
        ("prompt", "none login", "oidc"),
        ("prompt", "always", "oidc"),
        ("code_challenge", "short", "oidc"),
        ("code_challenge_method", "s256", "oidc"),
        ("nonce", "n", "oauth"),
        ("service", BACK, "oidc"),
        ("service", BACK, "oauth"),
        ("redirect_uri", BACK, "cas"),
        ("scope", "openid", "saml"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(field: str, value: object, protocol: str) -> None:
    asked: dict[str, Any] = {field: value}
    with pytest.raises(InvalidInput, match=field) as refused:
        link(protocol, None, **asked)
    assert refused.value.field == field


def test_tokens_are_never_asked_into_a_query() -> None:
    """They would stand in the log of every server on the way."""
    with pytest.raises(InvalidInput, match="query"):
        link(response_type="code id_token", response_mode="query")


def test_a_link_is_a_string_that_survives_a_session() -> None:
    url = link()
    assert isinstance(url, str)
    pickled: AuthorizeUrl = pickle.loads(pickle.dumps(url))  # noqa: S301 - our own
    for again in (pickled, copy.deepcopy(url)):
        assert again == url
        assert (again.state, again.nonce, again.code_verifier) == (
            url.state, url.nonce, url.code_verifier,
        )  # fmt: skip
    assert str(url.code_verifier) not in repr(url)
    assert repr(url.code_verifier) == "***"
