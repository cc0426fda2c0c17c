"""A service where users sign in through the browser, bind a phone and sign out; the tutorial explains it."""

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from html import escape
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Cookie, Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from aiogenauth import (
    AuthenticationClient,
    AuthorizeUrl,
    BindOutcomeUnknown,
    InvalidInput,
    PassCodeRejected,
    PhoneAlreadyBound,
    PhoneNumber,
    PhoneTaken,
    SentTooRecently,
    SignIn,
    TokenClaims,
)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, AuthenticationClient]]:
    """One client for the whole service; GENAUTH_APP_HOST, GENAUTH_APP_ID and GENAUTH_APP_SECRET configure it."""
    async with AuthenticationClient() as client:
        yield {"genauth": client}


app = FastAPI(lifespan=lifespan)


class Session:
    """A user who is signed in: calls are made in their name, with tokens that refresh by themselves."""

    def __init__(self, client: AuthenticationClient, tokens: SignIn) -> None:
        self.tokens = tokens
        self.user = client.as_user(tokens, on_refresh=self.keep)

    async def keep(self, tokens: SignIn) -> None:
        """Take the tokens that come in the place of the old ones."""
        self.tokens = tokens


links: dict[str, AuthorizeUrl] = {}  # the browsers that were sent away to sign in, by their cookie
sessions: dict[str, Session] = {}  # the users who are signed in, by theirs


def genauth(request: Request) -> AuthenticationClient:
    """Give the one client."""
    client: AuthenticationClient = request.state.genauth
    return client


def signed_in(session: Annotated[str, Cookie()] = "") -> Session:
    """Give the session of whoever asks."""
    if session not in sessions:
        raise HTTPException(401, "Please sign in.")
    return sessions[session]


Client = Annotated[AuthenticationClient, Depends(genauth)]
SignedIn = Annotated[Session, Depends(signed_in)]


async def current_user(client: Client, session: SignedIn) -> TokenClaims:
    """Give what the token of whoever asks says. It is checked here: GenAuth is not asked."""
    return await client.introspect_token_offline(session.tokens.access_token)


async def form(request: Request) -> dict[str, str]:
    """Give the fields of a form."""
    return dict(parse_qsl((await request.body()).decode()))


Fields = Annotated[dict[str, str], Depends(form)]


def page(inside: str, status: int = 200) -> HTMLResponse:
    """Show the page of the service."""
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>My phone</title>'
    icon = '<link rel="icon" href="data:,">'
    return HTMLResponse(f"{head}{icon}<main><h1>My phone</h1>{inside}</main></html>", status)


def refused(why: str, status: int) -> HTMLResponse:
    """Say what did not work, and lead back."""
    return page(f'<p role="alert">{escape(why)}</p><a href="/">Back</a>', status)


@app.get("/")
async def home(session: Annotated[str, Cookie()] = "") -> HTMLResponse:
    """Show the user's number, or ask for one."""
    if session not in sessions:
        return page('<a href="/login">Sign in</a>')
    profile = await sessions[session].user.get_profile()
    leave = '<form method="post" action="/logout"><button>Sign out</button></form>'
    if profile.phone:
        shown = PhoneNumber.parse(profile.phone, profile.phone_country_code)
        return page(f"<p>Your phone: {shown}</p>{leave}")  # masked: 188****8888
    number = '<label>Phone number <input name="number" autocomplete="tel" required></label>'
    ask = f'<form method="post" action="/code">{number}<button>Text me a code</button></form>'
    return page(ask + leave)


@app.get("/login")
async def login(request: Request, client: Client) -> Response:
    """Send the browser to GenAuth, and remember that it was sent."""
    here = str(request.url_for("callback"))
    link = client.build_authorize_url(here, scope="openid phone offline_access")
    name = secrets.token_urlsafe()
    links[name] = link
    return with_cookie(RedirectResponse(link), name)


@app.get("/callback")
async def callback(
    request: Request, client: Client, session: Annotated[str, Cookie()] = ""
) -> Response:
    """Take the browser back, if it is the one that was sent away."""
    link, brought = links.pop(session, None), request.query_params
    if link is None or brought.get("state") != link.state or "code" not in brought:
        return refused("This sign-in did not begin here, or was given up.", 400)
    here = str(request.url_for("callback"))
    tokens = await client.get_access_token_by_code(
        brought["code"], link.code_verifier, redirect_uri=here
    )
    await client.introspect_token_offline(tokens.id_token or "", nonce=link.nonce)
    name = secrets.token_urlsafe()  # a new one: somebody may know the old one
    sessions[name] = Session(client, tokens)
    return with_cookie(RedirectResponse("/"), name)


def with_cookie(answer: Response, name: str) -> Response:
    """Have the browser keep a name that no script and no other site can use."""
    answer.set_cookie("session", name, httponly=True, samesite="lax")
    return answer


@app.get("/me")
async def me(user: Annotated[TokenClaims, Depends(current_user)]) -> dict[str, str]:
    """Say who is signed in."""
    return {"user_id": user.sub}


@app.post("/code")
async def send_code(session: SignedIn, fields: Fields) -> HTMLResponse:
    """Have a pass code texted to a number, and ask for it."""
    number = fields.get("number", "")
    try:
        await session.user.send_sms(channel="CHANNEL_BIND_PHONE", phone_number=number)
    except SentTooRecently:
        return refused("Wait a minute before you ask for another code.", 429)
    except InvalidInput:
        return refused("That is not a phone number.", 422)
    hidden = f'<input type="hidden" name="number" value="{escape(number)}">'
    code = '<label>Code <input name="code" autocomplete="one-time-code" required></label>'
    return page(f'<form method="post" action="/phone">{hidden}{code}<button>Bind</button></form>')


@app.post("/phone")
async def bind(session: SignedIn, fields: Fields) -> Response:
    """Bind the number that the code was texted to."""
    try:
        await session.user.bind_phone(fields.get("code", ""), fields.get("number", ""))
    except (PassCodeRejected, InvalidInput):
        return refused("That code is wrong or no longer good.", 422)
    except (PhoneTaken, PhoneAlreadyBound):
        return refused("The number is taken, or you have one already.", 409)
    except BindOutcomeUnknown:
        return refused("We do not know yet: look again before you try again.", 504)
    return RedirectResponse("/", 303)


@app.post("/logout")
async def logout(
    request: Request, client: Client, session: Annotated[str, Cookie()] = ""
) -> Response:
    """Forget the user, make their tokens useless, and end their session with GenAuth."""
    held = sessions.pop(session, None)
    if held is None:
        return RedirectResponse("/", 303)
    tokens = held.tokens
    await client.revoke_token(tokens.refresh_token or tokens.access_token)
    home_page = str(request.url_for("home"))
    return RedirectResponse(client.build_logout_url(home_page, tokens.id_token), 303)
