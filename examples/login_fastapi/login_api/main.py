"""The service: `uvicorn login_api.main:app`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Final, TypedDict, cast
from urllib.parse import parse_qsl

from fastapi import Cookie, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

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
from login_api.page import SIGNED_OUT, code_page, page, signed_in_page, told_page
from login_api.sessions import COOKIE, SECONDS, Session, Sessions

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

SCOPE: Final = "openid profile phone offline_access"
"""`offline_access` is what makes the tokens last."""


class State(TypedDict):
    """What lives as long as the service."""

    genauth: AuthenticationClient
    sessions: Sessions


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[State]:
    """Keep one client, and so one set of keys, for all users. GENAUTH_* configures it."""
    async with AuthenticationClient() as client:
        yield {"genauth": client, "sessions": Sessions()}


app = FastAPI(title="Sign in through the browser", lifespan=lifespan)


def genauth(request: Request) -> AuthenticationClient:
    """Give the shared client."""
    return cast("AuthenticationClient", request.state.genauth)


def sessions(request: Request) -> Sessions:
    """Give the sessions."""
    return cast("Sessions", request.state.sessions)


Client = Annotated[AuthenticationClient, Depends(genauth)]
Known = Annotated[Sessions, Depends(sessions)]
SessionCookie = Annotated[str, Cookie(alias=COOKIE)]


def signed_in(known: Known, cookie: SessionCookie = "") -> Session:
    """Give the session of whoever asks."""
    session = known.find(cookie)
    if session is None:
        raise HTTPException(401, "Please sign in at /login")
    return session


async def current_user(
    session: Annotated[Session, Depends(signed_in)], client: Client
) -> TokenClaims:
    """Give what the token of whoever asks says, checked here: GenAuth is not asked."""
    return await client.introspect_token_offline(session.tokens.access_token)


async def form(request: Request) -> dict[str, str]:
    """Give the fields of a form."""
    return dict(parse_qsl((await request.body()).decode()))


async def number_of(session: Session) -> str | None:
    """Give the number of a user, masked; tokens that have ended are refreshed on the way."""
    profile = await session.user.get_profile()
    number = profile.phone and PhoneNumber.parse(profile.phone, profile.phone_country_code)
    return str(number) if number else None


def set_cookie(answer: RedirectResponse, request: Request, value: str) -> None:
    """Keep the cookie from scripts, from other sites, and from plain HTTP where there is TLS."""
    is_secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, value, max_age=SECONDS, httponly=True, samesite="lax", secure=is_secure
    )


@app.get("/")
async def home(known: Known, cookie: SessionCookie = "") -> HTMLResponse:
    """Show the page."""
    session = known.find(cookie)
    shown = page(SIGNED_OUT) if session is None else signed_in_page(await number_of(session))
    return HTMLResponse(shown)


@app.get("/login")
async def login(request: Request, client: Client, known: Known) -> RedirectResponse:
    """Send the browser to GenAuth."""
    link = client.build_authorize_url(str(request.url_for("callback")), scope=SCOPE)
    answer = RedirectResponse(link, 302)
    set_cookie(answer, request, known.begin(link))
    return answer


@app.get("/callback")
async def callback(  # noqa: PLR0913, PLR0917 - what FastAPI fills in
    request: Request,
    client: Client,
    known: Known,
    state: str = "",
    code: str = "",
    cookie: SessionCookie = "",
) -> Response:
    """Take the browser back: the same browser, a code that works, an id token of this sign-in."""
    begun = known.come_back(cookie, state)
    if begun is None or not code:
        return HTMLResponse(told_page("This sign-in did not begin here, or was given up."), 400)
    tokens = await client.get_access_token_by_code(
        code, begun.code_verifier, redirect_uri=str(request.url_for("callback"))
    )
    await client.introspect_token_offline(tokens.id_token or "", nonce=begun.nonce)
    answer = RedirectResponse("/", 302)
    set_cookie(answer, request, known.sign_in(Session(tokens).lasts(client)))
    return answer


@app.get("/me")
async def me(user: Annotated[TokenClaims, Depends(current_user)]) -> dict[str, str]:
    """Say who is signed in."""
    return {"user_id": user.sub}


@app.get("/phone")
async def phone(session: Annotated[Session, Depends(signed_in)]) -> dict[str, str | None]:
    """Show the number of whoever asks; tokens that have ended are refreshed on the way."""
    return {"phone": await number_of(session)}


@app.post("/phone/code")
async def text_a_code(
    session: Annotated[Session, Depends(signed_in)],
    fields: Annotated[dict[str, str], Depends(form)],
) -> HTMLResponse:
    """Have a code texted to a number."""
    number = fields.get("number", "")
    await session.user.send_sms(channel=Channel.BIND_PHONE, phone_number=number)
    return HTMLResponse(code_page(number))


@app.post("/phone")
async def bind_phone(
    session: Annotated[Session, Depends(signed_in)],
    fields: Annotated[dict[str, str], Depends(form)],
) -> Response:
    """Bind the number that the code was texted to."""
    number = fields.get("number", "")
    try:
        await session.user.bind_phone(fields.get("code", ""), number)
    except PassCodeRejected:
        return HTMLResponse(code_page(number, "That code is wrong or no longer good."), 422)
    return RedirectResponse("/", 303)


@app.post("/logout")
async def logout(
    request: Request, client: Client, known: Known, cookie: SessionCookie = ""
) -> RedirectResponse:
    """End the session here, make its tokens useless, and end the session with GenAuth."""
    link, session = "/", known.sign_out(cookie)
    if session is not None:
        tokens = session.tokens
        await client.revoke_token(tokens.refresh_token or tokens.access_token)
        link = client.build_logout_url(str(request.url_for("home")), tokens.id_token)
    answer = RedirectResponse(link, 303)
    answer.delete_cookie(COOKIE)
    return answer


@app.exception_handler(GenAuthError)
async def say_what_happened(_: Request, error: GenAuthError) -> JSONResponse:
    """Whoever can be helped by signing in again is told so; nothing is said of the rest."""
    if isinstance(error, (TokenRejected, NotSignedIn, GrantRejected)):
        return JSONResponse({"detail": "Please sign in at /login"}, 401)
    if isinstance(error, (InvalidInput, PassCodeRejected)):
        return JSONResponse({"detail": str(error)}, 422)
    if isinstance(error, TransportError):
        return JSONResponse({"detail": "GenAuth did not answer: begin again at /login"}, 504)
    return JSONResponse({"detail": "This did not work"}, 502)
