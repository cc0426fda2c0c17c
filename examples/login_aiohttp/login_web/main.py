"""The service: `python -m login_web.main`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aiohttp import web

from aiogenauth import (
    AuthenticationClient,
    Channel,
    GenAuthError,
    GrantRejected,
    InvalidInput,
    NotSignedIn,
    PassCodeRejected,
    PhoneNumber,
    TokenClaims,
    TokenRejected,
    TransportError,
)
from login_web.page import SIGNED_OUT, code_page, page, signed_in_page, told_page
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
            web.get("/", home),
            web.get("/login", login),
            web.get("/callback", callback),
            web.get("/me", me),
            web.get("/phone", phone),
            web.post("/phone/code", text_a_code),
            web.post("/phone", bind_phone),
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
    except (InvalidInput, PassCodeRejected) as error:
        return web.json_response({"detail": str(error)}, status=422)
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


def address_of(request: web.Request, path: str) -> str:
    """Give an address of this service, as a browser knows it."""
    return f"{request.url.origin()}{path}"


def shown(text: str, status: int = 200) -> web.Response:
    """Show a page."""
    return web.Response(text=text, status=status, content_type="text/html")


async def number_of(session: Session) -> str | None:
    """Give the number of a user, masked; tokens that have ended are refreshed on the way."""
    profile = await session.user.get_profile()
    number = profile.phone and PhoneNumber.parse(profile.phone, profile.phone_country_code)
    return str(number) if number else None


async def field_of(request: web.Request, name: str) -> str:
    """Give a field of a form."""
    return str((await request.post()).get(name, ""))


async def home(request: web.Request) -> web.StreamResponse:
    """Show the page."""
    session = request.app[SESSIONS].find(request.cookies.get(COOKIE, ""))
    if session is None:
        return shown(page(SIGNED_OUT))
    return shown(signed_in_page(await number_of(session)))


async def login(request: web.Request) -> web.StreamResponse:
    """Send the browser to GenAuth."""
    link = request.app[CLIENT].build_authorize_url(address_of(request, "/callback"), scope=SCOPE)
    answer = web.Response(status=302, headers={"Location": link})
    set_cookie(answer, request, request.app[SESSIONS].begin(link))
    return answer


async def callback(request: web.Request) -> web.StreamResponse:
    """Take the browser back: the same browser, a code that works, an id token of this sign-in."""
    client, known = request.app[CLIENT], request.app[SESSIONS]
    state, code = request.query.get("state", ""), request.query.get("code", "")
    begun = known.come_back(request.cookies.get(COOKIE, ""), state)
    if begun is None or not code:
        return shown(told_page("This sign-in did not begin here, or was given up."), 400)
    tokens = await client.get_access_token_by_code(
        code, begun.code_verifier, redirect_uri=address_of(request, "/callback")
    )
    await client.introspect_token_offline(tokens.id_token or "", nonce=begun.nonce)
    answer = web.Response(status=302, headers={"Location": "/"})
    set_cookie(answer, request, known.sign_in(Session(tokens).lasts(client)))
    return answer


async def me(request: web.Request) -> web.StreamResponse:
    """Say who is signed in."""
    user = await current_user(request)
    return web.json_response({"user_id": user.sub})


async def phone(request: web.Request) -> web.StreamResponse:
    """Show the number of whoever asks; tokens that have ended are refreshed on the way."""
    return web.json_response({"phone": await number_of(session_of(request))})


async def text_a_code(request: web.Request) -> web.StreamResponse:
    """Have a code texted to a number."""
    session, number = session_of(request), await field_of(request, "number")
    await session.user.send_sms(channel=Channel.BIND_PHONE, phone_number=number)
    return shown(code_page(number))


async def bind_phone(request: web.Request) -> web.StreamResponse:
    """Bind the number that the code was texted to."""
    session, number = session_of(request), await field_of(request, "number")
    try:
        await session.user.bind_phone(await field_of(request, "code"), number)
    except PassCodeRejected:
        return shown(code_page(number, "That code is wrong or no longer good."), 422)
    return web.Response(status=303, headers={"Location": "/"})


async def logout(request: web.Request) -> web.StreamResponse:
    """End the session here, make its tokens useless, and end the session with GenAuth."""
    client, link = request.app[CLIENT], "/"
    session = request.app[SESSIONS].sign_out(request.cookies.get(COOKIE, ""))
    if session is not None:
        tokens = session.tokens
        await client.revoke_token(tokens.refresh_token or tokens.access_token)
        link = client.build_logout_url(address_of(request, "/"), tokens.id_token)
    answer = web.Response(status=303, headers={"Location": link})
    answer.del_cookie(COOKIE)
    return answer


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=8000)
