"""Paths that have variable parts, such as ``/api/v3/mydevices/{deviceId}``: whatever is between two slashes."""

from __future__ import annotations

from urllib.parse import unquote

from yarl import URL


def readable_path(raw: str) -> str:
    """Return a path as it was sent, decoded but for a slash or a percent sign that is part of a name."""
    return URL.build(path=raw, encoded=True).path_safe if "%" in raw else raw


def is_path_of(named: str, path: str) -> bool:
    """Return whether a request's path is that of a route, which may have parts in braces."""
    return named == path or ("{" in named and bool(parts_of(named, path)))


def parts_of(named: str, path: str) -> dict[str, str]:
    """Return the variable parts of a path by the names that its route gives them; none where it is not the route's."""
    wanted, given = named.split("/"), path.split("/")
    if len(wanted) != len(given):
        return {}
    found: dict[str, str] = {}
    for name, part in zip(wanted, given, strict=True):
        if part and name.startswith("{") and name.endswith("}") and name[1:-1].isidentifier():
            found[name[1:-1]] = unquote(part)
        elif name != part:
            return {}
    return found
