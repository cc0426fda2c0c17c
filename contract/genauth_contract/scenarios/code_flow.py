"""OpenID Connect: the code that a browser brings back, and what it is exchanged for."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from genauth_contract.api.calls.oidc import (
    authorize,
    end_session,
    introspect,
    tokens_by_code,
    tokens_by_refresh,
    user_info,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.oidc import (
    GRANTED,
    INVALID_GRANT,
    INVALID_REQUEST,
    INVALID_TOKEN,
    REDIRECT_URI_MISMATCH,
    SENT_BACK,
)
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import OK
from genauth_contract.play.context import ScenarioFailed, World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import NO_CALL

_TOKEN = "API reference, /oidc/token: code"  # noqa: S105 - the name of a page
_BROWSER = "a browser would be needed"
_BACK = "http://localhost:8000/callback"
_BYE = "http://localhost:8000/bye"
_ASKED = {"redirect_uri": _BACK, "scope": "openid profile offline_access", "prompt": "consent"}

CODE_LIFETIME_SECONDS = 600
"""Source: API reference, /oidc/token; management API, authorization_code_expire."""


def brought_back(world: World, **asked: str) -> dict[str, str]:
    """Sign a new user in with a browser; return what it brings back."""
    username, _ = world.login_of(world.user_without_phone())
    world.mock.change_settings(signInAs=username)
    back = _brought(world.expect(SENT_BACK, authorize(world.client(), **{**_ASKED, **asked})))
    world.secrets.learn("code", back.get("code", ""))
    return back


def _brought(answer: Answer) -> dict[str, str]:
    """Return what a browser brings back to the application."""
    return dict(parse_qsl(urlsplit(answer.headers.get("location", "")).query))


@scenario(Evidence.DOCS, _TOKEN, wire_only=NO_CALL, mock_only=_BROWSER)
def a_code_gives_tokens_of_whoever_signed_in(world: World) -> None:
    back = brought_back(world, state="state-of-the-application")
    call = tokens_by_code(world.client(), back["code"], _BACK)
    answer = world.expect(GRANTED, call)
    user = User(world.field(answer, "access_token"))
    user_id = world.field(world.expect(OK, get_profile(user)), "userId")
    world.expect(GRANTED.with_data(sub=user_id), user_info(user))


def _require(is_so: object, otherwise: str) -> None:
    """Fail the scenario where something is not so that no outcome tells."""
    if not is_so:
        raise ScenarioFailed(otherwise)


def _says(**claims: str) -> Callable[[object], bool]:
    """Accept a JWT that says this; who signed it is another scenario."""

    def fits(token: object) -> bool:
        try:
            said = json.loads(base64.urlsafe_b64decode(f"{str(token).split('.')[1]}=="))
        except (ValueError, IndexError):
            return False
        return isinstance(said, dict) and claims.items() <= said.items()

    return fits


@scenario(
    Evidence.DOCS, "API reference, /oidc/auth: state, nonce", wire_only=NO_CALL, mock_only=_BROWSER
)
def state_and_nonce_come_back_as_they_were_sent(world: World) -> None:
    state, nonce = "state & of=the application", "nonce-of-the-application"
    back = brought_back(world, state=state, nonce=nonce)
    _require(back.get("state") == state, "the browser brings another state back")
    call = tokens_by_code(world.client(), back["code"], _BACK)
    world.expect(GRANTED.with_data(id_token=_says(nonce=nonce)), call)


@scenario(
    Evidence.DOCS,
    "API reference, /oidc/auth: prompt; OpenID Connect Core, 3.1.2.6",
    wire_only=NO_CALL,
    mock_only=_BROWSER,
)
def nobody_is_asked_where_nobody_may_be(world: World) -> None:
    asked = {**_ASKED, "prompt": "none", "state": "s"}
    back = _brought(world.expect(SENT_BACK, authorize(world.client(), **asked)))
    told = back.get("error"), back.get("state")
    _require(told == ("login_required", "s"), f"error is {told[0]!r}, not login_required")


@scenario(
    Evidence.DOCS,
    "API reference, /oidc/session/end",
    wire_only=NO_CALL,
    mock_only=_BROWSER,
)
def signing_out_sends_the_browser_on_to_a_known_address(world: World) -> None:
    code = brought_back(world)["code"]
    world.mock.change_settings(logoutRedirectUris=[_BYE])
    tokens = world.expect(GRANTED, tokens_by_code(world.client(), code, _BACK))
    hint = world.field(tokens, "id_token")
    answer = world.expect(
        SENT_BACK, end_session(id_token_hint=hint, post_logout_redirect_uri=_BYE, state="s")
    )
    where = answer.headers.get("location")
    _require(where == f"{_BYE}?state=s", "the browser goes on to another address, or without state")
    elsewhere = end_session(id_token_hint=hint, post_logout_redirect_uri=f"{_BYE}/elsewhere")
    world.expect(INVALID_REQUEST, elsewhere)


@scenario(
    Evidence.DOCS, f"{_TOKEN}: works once; RFC 6749, 4.1.2", wire_only=NO_CALL, mock_only=_BROWSER
)
def a_code_never_works_twice(world: World) -> None:
    client, code = world.client(), brought_back(world)["code"]
    first = world.expect(GRANTED, tokens_by_code(client, code, _BACK))
    world.expect(INVALID_GRANT, tokens_by_code(client, code, _BACK))
    access, renewal = (world.field(first, name) for name in ("access_token", "refresh_token"))
    for token in (access, renewal):
        world.expect(GRANTED.with_data(active=False), introspect(client, token))
    world.expect(INVALID_TOKEN, user_info(User(access)))
    world.expect(NOT_SIGNED_IN, get_profile(User(access)))
    world.expect(INVALID_GRANT, tokens_by_refresh(client, renewal))


@scenario(Evidence.DOCS, f"{_TOKEN}: works once", wire_only=NO_CALL, mock_only=_BROWSER)
def of_two_exchanges_at_once_one_wins(world: World) -> None:
    client, code = world.client(), brought_back(world)["code"]
    calls = [tokens_by_code(client, code, _BACK) for _ in range(2)]
    world.expect_together([GRANTED, INVALID_GRANT], calls)


@scenario(Evidence.DOCS, f"{_TOKEN}: ten minutes", wire_only=NO_CALL, mock_only=_BROWSER)
def an_expired_code_gives_nothing(world: World) -> None:
    code = brought_back(world)["code"]
    world.advance(CODE_LIFETIME_SECONDS + 1)
    world.expect(INVALID_GRANT, tokens_by_code(world.client(), code, _BACK))


@scenario(Evidence.DOCS, f"{_TOKEN}: redirect_uri", wire_only=NO_CALL, mock_only=_BROWSER)
def a_code_is_exchanged_with_its_own_address(world: World) -> None:
    client, code = world.client(), brought_back(world)["code"]
    world.expect(INVALID_GRANT, tokens_by_code(client, code, f"{_BACK}/elsewhere"))
    world.expect(GRANTED, tokens_by_code(client, code, _BACK))


@scenario(Evidence.ASSUMED, "RFC 7636", wire_only=NO_CALL, mock_only=_BROWSER)
def a_code_with_a_challenge_needs_its_verifier(world: World) -> None:
    verifier = "a-verifier-that-has-at-least-forty-three-characters"
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    asked = {"code_challenge": challenge, "code_challenge_method": "S256"}
    client, code = world.client(), brought_back(world, **asked)["code"]
    world.expect(INVALID_GRANT, tokens_by_code(client, code, _BACK))
    other = tokens_by_code(client, code, _BACK, code_verifier=verifier[::-1])
    world.expect(INVALID_GRANT, other)
    own = tokens_by_code(client, code, _BACK, code_verifier=verifier)
    world.expect(GRANTED, own)


@scenario(Evidence.ASSUMED, "RFC 6749, section 3.1.2.4", wire_only=NO_CALL, mock_only=_BROWSER)
def a_browser_is_sent_to_no_address_that_is_not_known(world: World) -> None:
    username, _ = world.login_of(world.user_without_phone())
    world.mock.change_settings(signInAs=username, redirectUris=[_BACK])
    elsewhere = {**_ASKED, "redirect_uri": "http://localhost:8000/elsewhere"}
    world.expect(REDIRECT_URI_MISMATCH, authorize(world.client(), **elsewhere))
