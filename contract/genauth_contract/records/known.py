"""Differences between mock and live that are known: each with a reason and an end."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path

import attrs

from genauth_contract.outcomes.models import is_list, is_object
from genauth_contract.records.drift import Difference, Drift


class BadKnown(Exception):
    """The list of known differences cannot be read; the text says which entry and why."""


@attrs.frozen
class Known:
    """One known difference.

    Attributes:
        scenario: Name of the scenario.
        path: The field; no wildcards.
        reason: Why it may differ for now.
        opened: Since when it is known.
        expires: The last day on which it may differ.
    """

    scenario: str
    path: str
    reason: str
    opened: date
    expires: date

    def covers(self, difference: Difference) -> bool:
        """Return whether it is this difference."""
        return (self.scenario, self.path) == (difference.scenario, difference.path)


@attrs.frozen
class Applied:
    """A drift after the known differences were taken out.

    Attributes:
        drift: What is left.
        stale: What is wrong with the list itself; empty when nothing is.
    """

    drift: Drift
    stale: tuple[str, ...]


def apply_known(drift: Drift, known: Sequence[Known], today: date) -> Applied:
    """Return the drift without known differences; entries that expired or no longer differ are stale."""
    valid = [one for one in known if one.expires >= today]
    stale = [
        f"{one.scenario}, {one.path}: expired on {one.expires}; close the gap or say why it stays"
        for one in known
        if one.expires < today
    ]
    stale += [
        f"{one.scenario}, {one.path}: no longer differs; remove the entry"
        for one in known
        if not any(one.covers(difference) for difference in drift.differences)
    ]
    covered = [
        difference
        for difference in drift.differences
        if any(one.covers(difference) for one in valid)
    ]
    return Applied(drift.without(covered), tuple(stale))


def read_known(path: Path | None = None) -> list[Known]:
    """Read the list; None for the packaged one.

    Raises:
        BadKnown: It is not TOML, or an entry lacks something or uses a wildcard.
    """
    source = path or resources.files("genauth_contract").joinpath("known.toml")
    try:
        entries = tomllib.loads(source.read_text("utf-8")).get("known", [])
    except ValueError as error:
        msg = f"{source.name} is not TOML: {error}"
        raise BadKnown(msg) from error
    if not is_list(entries):
        msg = f"{source.name}: known differences are written as [[known]]"
        raise BadKnown(msg)
    return [_entry(number, entry) for number, entry in enumerate(entries, 1)]


def _entry(number: int, entry: object) -> Known:
    if not is_object(entry):
        msg = f"known difference {number} is not a table"
        raise BadKnown(msg)
    names = [field.name for field in attrs.fields(Known)]
    lacking = [name for name in names if not entry.get(name)]
    if lacking or "*" in str(entry.get("path")):
        wrong = f"lacks {', '.join(lacking)}" if lacking else "uses a wildcard"
        msg = f"known difference {number} {wrong}"
        raise BadKnown(msg)
    dates = entry["opened"], entry["expires"]
    if not all(type(one) is date for one in dates):
        msg = f"known difference {number}: opened and expires are dates, such as 2026-11-23"
        raise BadKnown(msg)
    opened, expires = (date.fromisoformat(str(one)) for one in dates)
    return Known(str(entry["scenario"]), str(entry["path"]), str(entry["reason"]), opened, expires)
