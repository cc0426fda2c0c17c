"""Faults that are there from the start, of a TOML or JSON file.

TOML has one ``[[faults]]`` table for each, JSON ``{"faults": [...]}`` or the list alone; the fields are those of
``POST /_mock/faults``. ``appId`` says which app a fault is for; without it every app has it, and counts its own
``times``. A reset brings them back.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, NoReturn, cast

from attrs import evolve

from genauth_mock.faults.fields import read_fault
from genauth_mock.faults.values import BadFault

if TYPE_CHECKING:
    from pathlib import Path

    from genauth_mock.faults.fault import Fault


def read_faults(path: Path) -> list[Fault]:
    """Read a fault file.

    Raises:
        BadFault: It cannot be read, or a fault in it cannot be; the text names the file, the fault and the field.
    """
    return [_fault(path, number, given) for number, given in enumerate(_listed(path), 1)]


def _listed(path: Path) -> list[object]:
    try:
        text = path.read_text(encoding="utf-8")
        content: object = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        _reject(path, f"cannot be read: {error.strerror}")
    except ValueError as error:
        _reject(path, f"is not {'JSON' if path.suffix == '.json' else 'TOML'}: {error}")
    if isinstance(content, dict):
        table = cast("dict[str, object]", content)
        unknown = sorted(set(table) - {"faults"})
        if unknown:
            _reject(path, f"{', '.join(unknown)} is unknown; there is: faults")
        content = table.get("faults", [])
    if not isinstance(content, list):
        _reject(path, "must have a list named faults")
    return cast("list[object]", content)


def _fault(path: Path, number: int, given: object) -> Fault:
    if not isinstance(given, dict):
        _reject(path, f"fault {number} must be a table of fields")
    fields = cast("dict[str, object]", given)
    app_id = fields.get("appId")
    if app_id is not None and not isinstance(app_id, str):
        _reject(path, f"fault {number}: appId must be a string")
    try:
        return evolve(read_fault(fields), app_id=app_id)
    except BadFault as error:
        _reject(path, f"fault {number}: {error}")


def _reject(path: Path, problem: str) -> NoReturn:
    msg = f"{path}: {problem}"
    raise BadFault(msg) from None
