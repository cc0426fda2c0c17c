"""Addresses, and how a server takes one apart."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

HOST = "https://x.example"
BACK = "https://app.example/callback?a=1&b=2"
ODD = "a b&c=d#e?f/ü+%"


def parts(url: str) -> tuple[str, dict[str, str]]:
    """Take a link apart as a server does; no parameter may be there twice."""
    split = urlsplit(url)
    assert not split.fragment
    pairs = parse_qsl(split.query, keep_blank_values=True, strict_parsing=bool(split.query))
    assert len(dict(pairs)) == len(pairs)
    return f"{split.scheme}://{split.netloc}{split.path}", dict(pairs)
