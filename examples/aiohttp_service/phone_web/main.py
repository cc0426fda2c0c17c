"""The service: `python -m phone_web.main`."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Final, cast

from aiohttp import web

from aiogenauth import AuthenticationClient, Channel, GenAuthError, PhoneNumber
from phone_web.answers import NOT_SIGNED_IN, NOT_UNDERSTOOD, Answer, answer_for, language_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp.typedefs import Handler

LOG: Final = logging.getLogger("phone_web")

CLIENT: Final = web.AppKey("genauth", AuthenticationClient)
"""The one client, with its one pool of connections, that serves all users."""


def application() -> web.Application:
    """Make the service. GENAUTH_* configures its client."""
    app = web.Application(middlewares=[say_what_happened])
    app.cleanup_ctx.append(with_client)
    app.add_routes(
        [
            web.post("/phone/code", send_code),
            web.post("/phone", bind),
            web.get("/phone", bound),
        ]
    )
    return app


async def with_client(app: web.Application) -> AsyncIterator[None]:
    """Keep the client as long as the service runs."""
    async with AuthenticationClient() as app[CLIENT]:
        yield


@web.middleware
async def say_what_happened(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn what the SDK raises into an answer of this service, in the language of whoever asks."""
    try:
        return await handler(request)
    except GenAuthError as error:
        answer = answer_for(error)
        if answer.mistake in {"yours", "not known"}:
            LOG.exception("%s", answer.code)  # errors of the SDK hold no secret
        body = answer.body(language_of(request.headers.get("Accept-Language")))
        return web.json_response(body, status=answer.status, headers=answer.headers)


async def send_code(request: web.Request) -> web.Response:
    """Have a code texted to the number."""
    [number] = await fields(request, "phone_number")
    await signed_in(request).send_sms(Channel.BIND_PHONE, number)
    return web.Response(status=202)


async def bind(request: web.Request) -> web.Response:
    """Bind the number to whoever asks."""
    number, code = await fields(request, "phone_number", "pass_code")
    await signed_in(request).bind_phone(phone_number=number, pass_code=code)
    return web.Response(status=204)


async def bound(request: web.Request) -> web.Response:
    """Show the number of whoever asks, masked."""
    profile = await signed_in(request).get_profile()
    if not profile.phone:
        return web.json_response({"phone": None})
    number = PhoneNumber.parse(profile.phone, profile.phone_country_code)
    return web.json_response({"phone": str(number)})


def signed_in(request: web.Request) -> AuthenticationClient:
    """Give a view of the shared client that calls in the name of whoever asks."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise refused(web.HTTPUnauthorized, NOT_SIGNED_IN, request)
    return request.app[CLIENT].as_user(token)


async def fields(request: web.Request, *names: str) -> list[str]:
    """Read strings from the JSON body."""
    try:
        body: object = await request.json()
    except ValueError:
        body = None
    given = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    found = [value for name in names if isinstance(value := given.get(name), str)]
    if len(found) < len(names):
        raise refused(web.HTTPUnprocessableEntity, NOT_UNDERSTOOD, request, fields=list(names))
    return found


def refused(
    kind: type[web.HTTPException], answer: Answer, request: web.Request, **more: list[str]
) -> web.HTTPException:
    """Make the exception that aiohttp turns into an answer; `more` goes into its body."""
    body = answer.body(language_of(request.headers.get("Accept-Language")))
    return kind(text=json.dumps({**body, **more}), content_type="application/json")


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1")
