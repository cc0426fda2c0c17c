"""Paths that have variable parts, such as ``/api/v3/mydevices/{deviceId}``."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote


@cache
def _pattern(named: str) -> re.Pattern[str]:
    """Compile a path when it is asked for first."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(named)))


def is_path_of(named: str, path: str) -> bool:
    """Return whether a request's path is that of a route, which may have parts in braces."""
    if "{" not in named:
        return named == path
    return _pattern(named).fullmatch(path) is not None


def parts_of(named: str, path: str) -> dict[str, str]:
    """Return the variable parts of a path by the names that its route gives them; none where it is not the route's."""
    found = _pattern(named).fullmatch(path)
    return (
        {} if found is None else {name: unquote(part) for name, part in found.groupdict().items()}
    )
