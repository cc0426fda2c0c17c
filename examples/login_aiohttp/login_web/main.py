"""The service: `python -m login_web.main`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web

from aiogenauth import (
    AuthenticationClient,
    GenAuthError,
    GrantRejected,
    NotSignedIn,
    PhoneNumber,
    TokenClaims,
    TokenRejected,
    TransportError,
)
from login_web.sessions import COOKIE, SECONDS, Session, Sessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.typedefs import Handler

SCOPE: Final = "openid profile phone offline_access"
"""`offline_access` is what makes the tokens last."""

CLIENT: Final = web.AppKey("genauth", AuthenticationClient)
"""The one client, with its one set of keys, that serves all users."""
SESSIONS: Final = web.AppKey("sessions", Sessions)


def application() -> web.Application:
    """Make the service. GENAUTH_* configures its client."""
    app = web.Application(middlewares=[say_what_happened])
    app[SESSIONS] = Sessions()
    app.cleanup_ctx.append(with_client)
    app.add_routes(
        [
            web.get("/login", login),
            web.get("/callback", callback),
            web.get("/me", me),
            web.get("/phone", phone),
            web.post("/logout", logout),
        ]
    )
    return app


async def with_client(app: web.Application) -> AsyncIterator[None]:
    """Keep the client as long as the service runs."""
    async with AuthenticationClient() as app[CLIENT]:
        yield


@web.middleware
async def say_what_happened(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever can be helped by signing in again is told so; nothing is said of the rest."""
    try:
        return await handler(request)
    except (TokenRejected, NotSignedIn, GrantRejected):
        return web.json_response({"detail": "Please sign in at /login"}, status=401)
    except TransportError:
        told = {"detail": "GenAuth did not answer: begin again at /login"}
        return web.json_response(told, status=504)
    except GenAuthError:
        return web.json_response({"detail": "This did not work"}, status=502)


def session_of(request: web.Request) -> Session:
    """Give the session of whoever asks."""
    session = request.app[SESSIONS].find(request.cookies.get(COOKIE, ""))
    if session is None:
        text = '{"detail": "Please sign in at /login"}'
        raise web.HTTPUnauthorized(text=text, content_type="application/json")
    return session


async def current_user(request: web.Request) -> TokenClaims:
    """Give what the token of whoever asks says, checked here: GenAuth is not asked."""
    token = session_of(request).tokens.access_token
    return await request.app[CLIENT].introspect_token_offline(token)


def set_cookie(answer: web.StreamResponse, request: web.Request, value: str) -> None:
    """Keep the cookie from scripts, from other sites, and from plain HTTP where there is TLS."""
    answer.set_cookie(
        COOKIE, value, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.secure
    )


def callback_of(request: web.Request) -> str:
    """Give the address that the browser comes back to."""
    return str(request.url.origin() / "callback")


async def login(request: web.Request) -> web.StreamResponse:
    """Send the browser to GenAuth."""
    link = request.app[CLIENT].build_authorize_url(callback_of(request), scope=SCOPE)
    answer = web.Response(status=302, headers={"Location": link})
    set_cookie(answer, request, request.app[SESSIONS].begin(link))
    return answer


async def callback(request: web.Request) -> web.StreamResponse:
    """Take the browser back: the same browser, a code that works, an id token of this sign-in."""
    client, known = request.app[CLIENT], request.app[SESSIONS]
    state, code = request.query.get("state", ""), request.query.get("code", "")
    begun = known.come_back(request.cookies.get(COOKIE, ""), state)
    if begun is None or not code:
        text = '{"detail": "This sign-in did not begin here, or was given up: begin at /login"}'
        raise web.HTTPBadRequest(text=text, content_type="application/json")
    tokens = await client.get_access_token_by_code(
        code, begun.code_verifier, redirect_uri=callback_of(request)
    )
    await client.introspect_token_offline(tokens.id_token or "", nonce=begun.nonce)
    answer = web.Response(status=302, headers={"Location": "/me"})
    set_cookie(answer, request, known.sign_in(Session(tokens).lasts(client)))
    return answer


async def me(request: web.Request) -> web.StreamResponse:
    """Say who is signed in."""
    user = await current_user(request)
    return web.json_response({"user_id": user.sub})


async def phone(request: web.Request) -> web.StreamResponse:
    """Show the number of whoever asks; tokens that have ended are refreshed on the way."""
    profile = await session_of(request).user.get_profile()
    number = profile.phone and PhoneNumber.parse(profile.phone, profile.phone_country_code)
    return web.json_response({"phone": str(number) if number else None})


async def logout(request: web.Request) -> web.StreamResponse:
    """End the session here, make its tokens useless, and end the session with GenAuth."""
    client = request.app[CLIENT]
    session = request.app[SESSIONS].sign_out(request.cookies.get(COOKIE, ""))
    id_token = None
    if session is not None:
        id_token = session.tokens.id_token
        await client.revoke_token(session.tokens.refresh_token or session.tokens.access_token)
    link = client.build_logout_url(id_token=id_token)
    answer = web.Response(status=303, headers={"Location": link})
    answer.del_cookie(COOKIE)
    return answer


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=8000)
