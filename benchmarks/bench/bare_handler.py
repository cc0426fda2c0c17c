"""What the offline GenAuth is measured against: aiohttp.web, one route, JSON in, JSON out, and nothing else."""

from __future__ import annotations

import sys
import uuid

from aiohttp import web


async def answer(request: web.Request) -> web.Response:
    """Parse the body, look at one field, answer."""
    body = await request.json()
    if "phoneNumber" not in body:
        return web.json_response({"statusCode": 400, "message": "phoneNumber is missing"})
    return web.json_response(
        {"statusCode": 200, "message": "Operation successful", "requestId": str(uuid.uuid4())}
    )


def main() -> None:
    """Serve on the port given until killed."""
    app = web.Application()
    app.router.add_post("/api/v3/send-sms", answer)
    app.router.add_post("/api/v3/bind-phone", answer)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)


if __name__ == "__main__":
    main()
