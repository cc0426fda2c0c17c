"""The service: `uvicorn phone_api.main:app`."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, Final, TypedDict, cast

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, SecretStr

from aiogenauth import AuthenticationClient, Channel, GenAuthError, PhoneNumber
from phone_api.answers import NOT_UNDERSTOOD, answer_for, language_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


LOG: Final = logging.getLogger("phone_api")


class State(TypedDict):
    """What lives as long as the service."""

    genauth: AuthenticationClient


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[State]:
    """Keep one client, and so one pool of connections, for all users. GENAUTH_* configures it."""
    async with AuthenticationClient() as client:
        yield {"genauth": client}


app = FastAPI(title="Phone numbers", lifespan=lifespan)


def signed_in(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())],
) -> AuthenticationClient:
    """Give a view of the shared client that calls in the name of whoever asks."""
    client = cast("AuthenticationClient", request.state.genauth)
    return client.as_user(credentials.credentials)


User = Annotated[AuthenticationClient, Depends(signed_in)]


class Number(BaseModel):
    """A number that a code is to be sent to."""

    phone_number: str


class Proof(Number):
    """A number, and the code that was texted to it."""

    pass_code: SecretStr


class Bound(BaseModel):
    """The number that a user has, masked; None where there is none."""

    phone: str | None


@app.post("/phone/code", status_code=202)
async def send_code(number: Number, user: User) -> None:
    """Have a code texted to the number."""
    await user.send_sms(Channel.BIND_PHONE, number.phone_number)


@app.post("/phone", status_code=204)
async def bind(proof: Proof, user: User) -> None:
    """Bind the number to whoever asks."""
    code = proof.pass_code.get_secret_value()
    await user.bind_phone(phone_number=proof.phone_number, pass_code=code)


@app.get("/phone")
async def bound(user: User) -> Bound:
    """Show the number of whoever asks."""
    profile = await user.get_profile()
    if not profile.phone:
        return Bound(phone=None)
    return Bound(phone=str(PhoneNumber.parse(profile.phone, profile.phone_country_code)))


@app.exception_handler(GenAuthError)
async def say_what_happened(request: Request, error: GenAuthError) -> JSONResponse:
    """Turn what the SDK raises into an answer of this service, in the language of whoever asks."""
    answer = answer_for(error)
    if answer.mistake in {"yours", "not known"}:
        LOG.error("%s", answer.code, exc_info=error)  # errors of the SDK hold no secret
    language = language_of(request.headers.get("accept-language"))
    return JSONResponse(answer.body(language), answer.status, answer.headers)


@app.exception_handler(RequestValidationError)
async def say_what_is_missing(request: Request, error: RequestValidationError) -> JSONResponse:
    """Name the fields at fault. FastAPI's own answer repeats the body, and the pass code with it."""
    fields = [str(each["loc"][-1]) for each in error.errors()]
    language = language_of(request.headers.get("accept-language"))
    body = {**NOT_UNDERSTOOD.body(language), "fields": fields}
    return JSONResponse(body, NOT_UNDERSTOOD.status)
