"""``GET /openapi.json``: the OpenAPI document of an installed package that offers one, as the contract does."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from aiohttp import web

from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Callable

OFFERED: Final = "genauth_mock.openapi"
"""The group of entry points whose functions return an OpenAPI document, as JSON text."""

NOT_THERE: Final = (
    "the contract's OpenAPI document is not installed here: pip install 'aiogenauth[contract]'"
)


async def serve_document(_: web.Request) -> web.Response:
    """Serve the document, which is made in a thread when it is asked for first."""
    written = await asyncio.to_thread(offered_document, OFFERED)
    if written is None:
        return web.Response(
            status=404, body=write_json({"error": NOT_THERE}), content_type="application/json"
        )
    return web.Response(body=written, content_type="application/json")


@cache
def offered_document(group: str) -> bytes | None:
    """Return the document that is offered under a group of entry points; None where there is none."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - longer than a start can spare

    for offered in entry_points(group=group):
        return cast("Callable[[], str]", offered.load())().encode()
    return None
