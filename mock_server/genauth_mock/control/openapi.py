"""``GET /openapi.json``: the contract's document, which is data beside the mock; no code of it is imported."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from aiohttp import web

from genauth_mock.http.json_text import write_json

CONTRACT: Final = "genauth_contract"

NOT_THERE: Final = (
    "the contract's OpenAPI document is not installed here: pip install 'aiogenauth[contract]'"
)


async def serve_document(_: web.Request) -> web.Response:
    """Serve the document."""
    written = document_of(CONTRACT)
    if written is None:
        return web.Response(
            status=404, body=write_json({"error": NOT_THERE}), content_type="application/json"
        )
    return web.Response(body=written, content_type="application/json")


def document_of(package: str) -> bytes | None:
    """Read the document of a package; None where the package or the document is not there."""
    if find_spec(package) is None:
        return None
    from importlib import resources  # noqa: PLC0415 - its import takes longer than a start can spare

    document = resources.files(package).joinpath("openapi.json")
    return document.read_bytes() if document.is_file() else None
