"""Which proxy of the environment a request goes through, looked up without blocking the loop."""

import asyncio
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiogenauth.configuration import is_loopback
from aiogenauth.errors import ConfigurationError


async def proxy_for(url: str) -> str | None:
    """Find the proxy for a URL; None for none, and for this machine always.

    Looked up in a thread: some systems ask the network.

    Raises:
        ConfigurationError: The environment names one that cannot be used; its text is not shown,
            because it may hold a password.
    """
    parts = urlsplit(url)
    if is_loopback(parts.hostname or ""):
        return None
    found = await asyncio.to_thread(_looked_up, parts.scheme, parts.netloc)
    return None if found is None else _checked(found, parts.scheme)


def _looked_up(scheme: str, netloc: str) -> str | None:
    if proxy_bypass(netloc):
        return None
    known = getproxies()
    return known.get(scheme) or known.get("all") or None


def _checked(proxy: str, scheme: str) -> str:
    """Refuse what aiohttp would take for something else, such as SOCKS spoken to as HTTP."""
    try:
        parts = urlsplit(proxy)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if is_good:
        return proxy
    text = (
        f"trust_env: the proxy that {scheme.upper()}_PROXY names cannot be used; "
        "write it with its scheme, such as http://proxy.example:3128 (http and https are known)"
    )
    raise ConfigurationError(text).with_facts(field="trust_env")
