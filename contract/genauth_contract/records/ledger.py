"""The ledger: which scenario was last seen to be true on a live deployment, and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Final

import attrs

from genauth_contract.outcomes.models import is_object
from genauth_contract.play.run import Result
from genauth_contract.play.scenario import Scenario
from genauth_contract.records.files import CannotRead

MOCK_KIND: Final = "mock"
_CHECKOUT_MARK: Final = "pyproject.toml"


@attrs.frozen
class Entry:
    """A live pass.

    Attributes:
        passed_on: Date of the pass; never changed by reading.
        kind: Kind of deployment.
        fingerprint: Of the scenario that passed; an edited scenario has another one.
        seen: What was answered, by operation and outcome.
    """

    passed_on: str
    kind: str
    fingerprint: str
    seen: Mapping[str, str] = attrs.field(factory=dict[str, str])


@attrs.frozen
class Ledger:
    """All live passes, by name of the scenario."""

    entries: Mapping[str, Entry] = attrs.field(factory=dict[str, Entry])

    def proof_of(self, scenario: Scenario) -> Entry | None:
        """Return the live pass of a scenario as it stands; None once it was edited."""
        entry = self.entries.get(scenario.name)
        return entry if entry and entry.fingerprint == scenario.fingerprint else None

    def with_passes(self, results: Iterable[Result], kind: str, today: date) -> Ledger:
        """Return the ledger with the live passes of a run; a mock proves nothing."""
        if kind == MOCK_KIND:
            return self
        passes = {
            result.scenario.name: Entry(
                today.isoformat(), kind, result.scenario.fingerprint, _seen(result)
            )
            for result in results
            if result.passed
        }
        return Ledger({**self.entries, **passes})

    def seen(self, operation: str, outcome: str) -> set[str]:
        """Return what live was seen to answer for an operation that ends in an outcome."""
        key = _key(operation, outcome)
        return {entry.seen[key] for entry in self.entries.values() if key in entry.seen}

    def to_json(self) -> str:
        """Write the ledger down, sorted, so that a change is a small diff."""
        content = {name: attrs.asdict(entry) for name, entry in self.entries.items()}
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_ledger(path: Path) -> Ledger:
    """Read a ledger; one that is not there yet is empty.

    Raises:
        CannotRead: The file is something else.
    """
    if not path.exists():
        return Ledger()
    try:
        return _read(json.loads(path.read_text("utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotRead(path, "a ledger") from error


def default_ledger_path() -> Path:
    """Return the packaged ledger in a checkout, else a file in the current directory.

    An installed package is not written to.
    """
    packaged = Path(str(resources.files("genauth_contract").joinpath("ledger.json")))
    in_checkout = (packaged.parents[2] / _CHECKOUT_MARK).exists()
    return packaged if in_checkout else Path("genauth-contract-ledger.json")


def _read(content: Mapping[str, Mapping[str, object]]) -> Ledger:
    return Ledger({name: _read_entry(entry) for name, entry in content.items()})


def _read_entry(entry: Mapping[str, object]) -> Entry:
    seen = entry["seen"]
    return Entry(
        str(entry["passed_on"]),
        str(entry["kind"]),
        str(entry["fingerprint"]),
        {str(key): str(value) for key, value in seen.items()} if is_object(seen) else {},
    )


def _seen(result: Result) -> dict[str, str]:
    return {
        _key(step.call.operation, step.expected.name): step.answer.summary for step in result.steps
    }


def _key(operation: str, outcome: str) -> str:
    return f"{operation} {outcome}"
