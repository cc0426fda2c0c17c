"""A soak notes what its server does wrong as a failure, and goes on; its attacks are refused in good order."""

from __future__ import annotations

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from aiogenauth import AuthenticationClient
from benchmarks.soak.attacks import ABSURD, AT_ONCE, BEGUN, soak_attacks
from benchmarks.soak.load import Round
from benchmarks.soak.server import serving
from benchmarks.soak.truth import Tally, Truth


async def unavailable(_: web.Request) -> web.Response:
    """Answer as a server that has nobody to answer."""
    return web.Response(status=503)


async def test_what_the_server_does_not_tell_of_a_round_is_a_failure_with_its_name() -> None:
    application, tally = web.Application(), Tally()
    application.router.add_route("*", "/{path:.*}", unavailable)
    async with (
        TestServer(application) as server,
        aiohttp.ClientSession(server.make_url("/")) as http,
        AuthenticationClient("soak", str(server.make_url("/"))) as client,
    ):
        await Round(Truth(http, pause_seconds=0), client, tally, seconds=0).play()
    calls = ["POST /_mock/faults", "GET /_mock/users", "POST /_mock/reset"]
    told = [failure.partition(", message")[0] for failure in tally.failures]
    assert told == [
        f"in a round, {call} gets no answer: ClientResponseError: 503" for call in calls
    ]


async def test_attacks_are_refused_and_calls_between_them_answered() -> None:
    with serving() as server:
        report = await soak_attacks(server, seconds=0.1)
        assert (report["failures"], server.tracebacks()) == ([], 0)
        assert report["requests"] == (len(BEGUN) + 1) * AT_ONCE + 1 + len(ABSURD)
