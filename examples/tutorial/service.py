"""A FastAPI service that binds phones; the tutorial explains it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Body, Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    PassCodeRejected,
    PhoneAlreadyBound,
    PhoneTaken,
    SentTooRecently,
)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, AuthenticationClient]]:
    """One client for the whole service; GENAUTH_APP_HOST and GENAUTH_APP_ID configure it."""
    async with AuthenticationClient() as client:
        yield {"genauth": client}


app = FastAPI(lifespan=lifespan)


def signed_in(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]
) -> AuthenticationClient:
    """Give a view of the one client that calls in the name of whoever asks."""
    client: AuthenticationClient = request.state.genauth
    return client.as_user(credentials.credentials)


User = Annotated[AuthenticationClient, Depends(signed_in)]


@app.post("/code", status_code=202)
async def send_code(user: User, number: Annotated[str, Body(embed=True)]) -> None:
    """Have a pass code texted to a number."""
    try:
        await user.send_sms(channel="CHANNEL_BIND_PHONE", phone_number=number)
    except SentTooRecently:
        raise HTTPException(429, "Wait a minute before you ask for another code.") from None


@app.post("/phone", status_code=204)
async def bind(user: User, number: Annotated[str, Body()], code: Annotated[str, Body()]) -> None:
    """Bind a number to whoever asks."""
    try:
        await user.bind_phone(phone_number=number, pass_code=code)
    except PassCodeRejected:
        raise HTTPException(422, "That code is wrong or no longer good.") from None
    except (PhoneTaken, PhoneAlreadyBound):
        raise HTTPException(409, "The number is taken, or you have one already.") from None
    except BindOutcomeUnknown:
        raise HTTPException(504, "Look at your profile before you try again.") from None
