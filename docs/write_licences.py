"""Write the page of the licences of everything that an installation brings along: `make licences`."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distribution
from typing import Final

from attrs import frozen
from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS: Final = ("", "httpx", "otel", "mock", "redis", "contract", "oidc", "fast")
"""What can be installed; the empty one is the SDK alone."""

CLASSIFIER: Final = "License :: OSI Approved :: "

HEAD: Final = """# Licences of what is installed

aiogenauth is under the MIT licence. Each extra brings what the SDK alone brings, and this. Written by `make licences`
from the metadata of the installed packages, for the oldest supported Python; do not edit.

| package | licence | comes with |
|---|---|---|
"""


@frozen
class Dependency:
    """A package that an installation brings along."""

    name: str
    licence: str
    extras: tuple[str, ...]


def dependencies() -> list[Dependency]:
    """Find everything that each extra brings along, directly or not."""
    found: dict[str, list[str]] = {}
    for extra in EXTRAS:
        for name in sorted(_reach("aiogenauth", extra, set())):
            found.setdefault(name, []).append(extra)
    return [
        Dependency(name, licence(name), ("the SDK",) if "" in extras else tuple(extras))
        for name, extras in sorted(found.items())
    ]


def licence(name: str) -> str:
    """Read the licence of an installed package: its expression, else its classifier, else its first line."""
    metadata = distribution(name).metadata
    if expressions := metadata.get_all("License-Expression"):
        return str(expressions[0])
    classifiers = [str(each) for each in metadata.get_all("Classifier") or []]
    told = [each.removeprefix(CLASSIFIER) for each in classifiers if each.startswith(CLASSIFIER)]
    named = [str(each).strip().partition("\n")[0] for each in metadata.get_all("License") or []]
    return ", ".join(told or named) or "not told"


def page() -> str:
    """Write the page."""
    rows = (f"| {d.name} | {d.licence} | {', '.join(d.extras)} |\n" for d in dependencies())
    return HEAD + "".join(rows)


def _reach(name: str, extra: str, seen: set[tuple[str, str]]) -> set[str]:
    seen.add((name, extra))
    reached: set[str] = set()
    for line in distribution(name).requires or []:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate(_environment(extra)):
            continue
        other = canonicalize_name(wanted.name)
        reached |= set() if other == "aiogenauth" else {other}
        for their_extra in ("", *wanted.extras):
            if (other, their_extra) not in seen:
                reached |= _reach(other, their_extra, seen)
    return reached


def _environment(extra: str) -> dict[str, str]:
    """Give the environment of markers: the oldest supported Python on Linux, so that the page is one."""
    fixed: Environment = default_environment()
    fixed["python_version"], fixed["python_full_version"] = "3.11", "3.11.9"
    fixed["sys_platform"], fixed["platform_system"] = "linux", "Linux"
    return {
        **{name: str(value) for name, value in fixed.items()},
        "extra": re.sub("[-_.]+", "-", extra),
    }


if __name__ == "__main__":
    sys.stdout.write(page())
