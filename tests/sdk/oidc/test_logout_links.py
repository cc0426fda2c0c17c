"""The links that a browser is sent to, to sign out: whole and quoted."""

from __future__ import annotations

from typing import Any

import pytest

from aiogenauth import InvalidInput
from aiogenauth.configuration import Settings
from aiogenauth.oidc.urls import logout_url
from tests.sdk.oidc.addresses import BACK, HOST, ODD, parts
from tests.sdk.support.canaries import shown


def logout(protocol: str, *arguments: str | None, after: str | None = None) -> str:
    known: dict[str, Any] = {"protocol": protocol, "post_logout_redirect_uri": after}
    settings = Settings("app-1", HOST, **known)
    redirect_uri, id_token, state = (*arguments, None, None, None)[:3]
    return logout_url(settings, redirect_uri, id_token, state)


def test_a_sign_out_comes_back_with_its_state() -> None:
    where, query = parts(logout("oidc", BACK, "id.to.ken", ODD))
    assert where == f"{HOST}/oidc/session/end"
    assert query == {
        "id_token_hint": "id.to.ken", "post_logout_redirect_uri": BACK, "state": ODD,
    }  # fmt: skip


def test_a_sign_out_need_not_come_back() -> None:
    assert logout("oidc") == f"{HOST}/oidc/session/end"
    assert logout("oidc", after=BACK) == f"{HOST}/oidc/session/end"
    assert parts(logout("oidc", None, "id.to.ken"))[1] == {"id_token_hint": "id.to.ken"}


def test_the_client_knows_where_a_sign_out_comes_back_to() -> None:
    _, query = parts(logout("oidc", None, "id.to.ken", after=BACK))
    assert query["post_logout_redirect_uri"] == BACK


@pytest.mark.parametrize(
    ("protocol", "path", "name"),
    [
        ("oauth", "/login/profile/logout", "redirect_uri"),
        ("saml", "/login/profile/logout", "redirect_uri"),
        ("cas", "/cas-idp/logout", "url"),
    ],
)
def test_other_protocols_sign_out_elsewhere(protocol: str, path: str, name: str) -> None:
    assert logout(protocol) == f"{HOST}{path}"
    assert parts(logout(protocol, BACK)) == (f"{HOST}{path}", {name: BACK})
    assert parts(logout(protocol, after=BACK)) == (f"{HOST}{path}", {name: BACK})
    with pytest.raises(InvalidInput) as refused:
        logout(protocol, BACK, "id.to.ken")
    assert refused.value.field == "id_token"


@pytest.mark.parametrize(
    ("arguments", "field"),
    [((BACK,), "id_token"), ((None, None, "s"), "state"), (("/", "id.to.ken"), "redirect_uri")],
)
def test_half_of_a_sign_out_is_refused(arguments: tuple[str | None, ...], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        logout("oidc", *arguments)
    assert refused.value.field == field


def test_an_id_token_is_not_shown_when_a_sign_out_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        logout("oidc", "/", "canary.id.token")
    assert not [text for text in shown(refused.value) if "canary" in text]
