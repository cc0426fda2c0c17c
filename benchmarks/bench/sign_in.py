"""What signing in on the web costs: exchanging and refreshing beside raw aiohttp, checking a token beside joserfc.

As in `benchmarks.bench.sdk`, everything is a ratio within a round, and the median of the rounds counts. The figures go
to `benchmarks/results/sign_in.json` too. Exits with 1 if a bar is missed, with 26 if they cannot be kept or told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import aiohttp
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from rich.console import Console

from aiogenauth import AuthenticationClient
from benchmarks.bench.fixed_server import Answer, reply_of
from benchmarks.bench.sdk import WIDTH, machine, server, show
from benchmarks.bench.turns import compared
from benchmarks.keeping import (
    RESULTS,
    ending_on_a_full_output,
    refuse_a_full_disk,
    show_and_keep,
)

if TYPE_CHECKING:
    from benchmarks.bench.turns import Call, Figures

SECRET: Final = "9b0d6a4f6e0f4c1e8d1f2a3b4c5d6e7f"  # noqa: S105 - a stand-in
APP: Final = {"client_id": "5c9b079883a1b2c3d4e5f607", "client_secret": SECRET}
BACK: Final = "http://localhost:8000/callback"
EXCHANGE: Final = {
    **APP,
    "grant_type": "authorization_code",
    "code": "c" * 43,
    "redirect_uri": BACK,
    "code_verifier": "v" * 43,
}
RENEWAL: Final = "r" * 43
REFRESH: Final = {**APP, "grant_type": "refresh_token", "refresh_token": RENEWAL}

BASE, OURS, JOSERFC = "raw aiohttp", "aiogenauth", "joserfc"
MOST: Final = {
    "exchange": 1.1,
    "refresh": 1.1,
    "RS256, offline": 1.3,
    "RS256, offline, keys given": 1.3,
    "HS256, offline": 1.3,
}
"""How many times the cost of the other each may have."""
IN_FLIGHT, CALLS, CHECKS = 10, 500, 2_000
"""Calls at a time, and calls and checks in one turn."""


async def measured(url: str, rounds: int) -> Figures:
    """Let everything take turns.

    Args:
        url: A server that answers with tokens.
        rounds: Turns of each.
    """
    figures: Figures = {}
    async with aiohttp.ClientSession() as session, _client(url) as ours:
        code, verifier = EXCHANGE["code"], EXCHANGE["code_verifier"]
        calls: dict[str, dict[str, Call]] = {
            "exchange": {
                BASE: _posting(session, url, EXCHANGE),
                OURS: lambda: ours.get_access_token_by_code(code, verifier),
            },
            "refresh": {
                BASE: _posting(session, url, REFRESH),
                OURS: lambda: ours.get_new_access_token_by_refresh_token(RENEWAL),
            },
        }
        for name, candidates in calls.items():
            figures[name] = await compared(candidates, CALLS, IN_FLIGHT, rounds)
    return figures | await _checked(rounds)


async def _checked(rounds: int) -> Figures:
    """Let both check tokens in turns, with keys that one of them fetches first from a server of its own."""
    signing, secret = RSAKey.generate_key(2048, auto_kid=True), OctKey.import_key(SECRET)
    published = {"keys": [signing.as_dict(private=False)]}
    keys = type("Keys", (Answer,), {"reply": reply_of(json.dumps(published).encode())})
    serving = await asyncio.get_running_loop().create_server(keys, "127.0.0.1", 0)
    host = f"http://127.0.0.1:{serving.sockets[0].getsockname()[1]}"
    signed, hashed = _token(host, signing, "RS256"), _token(host, secret, "HS256")
    figures: Figures = {}
    async with serving, _client(host) as ours:
        checks: dict[str, dict[str, Call]] = {
            "RS256, offline": {
                JOSERFC: _decoding(signed, signing, "RS256"),
                OURS: lambda: ours.introspect_token_offline(signed),
            },
            "RS256, offline, keys given": {
                JOSERFC: _decoding(signed, signing, "RS256"),
                OURS: lambda: ours.introspect_token_offline(signed, published),
            },
            "HS256, offline": {
                JOSERFC: _decoding(hashed, secret, "HS256"),
                OURS: lambda: ours.introspect_token_offline(hashed),
            },
        }
        for name, candidates in checks.items():
            figures[name] = await compared(candidates, CHECKS, 1, rounds)
    return figures


def _client(host: str) -> AuthenticationClient:
    return AuthenticationClient(
        APP["client_id"], host, app_secret=APP["client_secret"], redirect_uri=BACK
    )


def _token(host: str, key: RSAKey | OctKey, algorithm: str) -> str:
    """Sign an access token as GenAuth has them."""
    now = int(time.time())
    says: dict[str, str | int] = {
        "iss": f"{host}/oidc",
        "aud": APP["client_id"],
        "sub": "u" * 24,
        "jti": "j" * 43,
    }
    says |= {"scope": "openid profile phone offline_access", "iat": now, "exp": now + 3600}
    header = {"alg": algorithm, **({"kid": key.kid} if algorithm == "RS256" else {})}
    return jwt.encode(header, says, key)


def _posting(session: aiohttp.ClientSession, url: str, form: dict[str, str]) -> Call:
    async def post() -> object:
        async with session.post(f"{url}/oidc/token", data=form) as response:
            return await response.json()

    return post


def _decoding(token: str, key: RSAKey | OctKey, algorithm: str) -> Call:
    async def decode() -> object:
        return jwt.decode(token, key, algorithms=[algorithm]).claims

    return decode


def kept(figures: Figures) -> Figures:
    """Return what is written down: the figures, and the costs beside what was promised."""
    costs = {name: round(1 / figures[name][OURS]["cpu_ratio"], 3) for name in MOST}
    return {"machine": machine(), **figures, "times_the_cost": costs}


def told(results: Figures, path: Path, console: Console) -> int:
    """Print everything, keep it, and say whether it is enough; give the exit code."""
    costs: dict[str, float] = results["times_the_cost"]

    def shown() -> None:
        for name, most in MOST.items():
            show(console, name, results[name])
            said = f"{name}: {costs[name]} times the cost, at most {most}"
            console.print(f"{'ok    ' if costs[name] <= most else 'MISSED'} {said}")

    has_missed = any(costs[name] > most for name, most in MOST.items())
    return show_and_keep(shown, {path: json.dumps(results, indent=2) + "\n"}) or int(has_missed)


def main() -> int:
    """Measure everything and say whether it is enough; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=RESULTS / "sign_in.json")
    parser.add_argument("--rounds", type=int, default=31)
    arguments = parser.parse_args()
    refuse_a_full_disk()
    with ExitStack() as stack:
        url = server(stack, "--tokens")
        figures = asyncio.run(measured(url, arguments.rounds))
    return told(kept(figures), arguments.json, Console(width=WIDTH))


if __name__ == "__main__":
    with ending_on_a_full_output():
        sys.exit(main())
