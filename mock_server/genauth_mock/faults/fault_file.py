"""Reads the file with the faults that every app, or one app, has from the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from genauth_mock.engine.json_values import InvalidInput, Problem, unknown
from genauth_mock.faults.json_format import read_fault
from genauth_mock.seeds.files import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from genauth_mock.faults.fault import Fault


def read_faults(path: Path) -> list[Fault]:
    """Return the faults of a TOML, JSON or YAML file.

    Raises:
        InvalidInput: It cannot be read, or a fault in it is wrong; the text names the file, the fault and the field.
    """
    faults: list[Fault] = []
    for index, given in enumerate(_listed(path)):
        try:
            faults.append(read_fault(_table(given)))
        except InvalidInput as error:
            raise error.inside(f"faults[{index}]").in_file(path) from None
    return faults


def _listed(path: Path) -> list[object]:
    content = read_file(path)
    if isinstance(content, dict):
        table = cast("dict[str, object]", content)
        for name in table.keys() - {"faults"}:
            raise InvalidInput(Problem("", unknown("field", name, ["faults"])), file=str(path))
        content = table.get("faults", [])
    if not isinstance(content, list):
        raise InvalidInput(Problem("", "must have a list named faults"), file=str(path))
    return cast("list[object]", content)


def _table(given: object) -> dict[str, object]:
    if not isinstance(given, dict):
        raise InvalidInput(Problem("", "must be a table of fields"))
    return cast("dict[str, object]", given)
