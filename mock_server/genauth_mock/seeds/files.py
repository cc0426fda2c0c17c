"""Reads a TOML or JSON file that configures the server."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

from genauth_mock.engine.json_values import InvalidInput, Problem

if TYPE_CHECKING:
    from pathlib import Path


def read_file(path: Path) -> object:
    """Return the content of a file: of JSON where its name ends so, else of TOML.

    Raises:
        InvalidInput: It cannot be read, or is something else.
    """
    is_json = path.suffix == ".json"
    try:
        text = path.read_text(encoding="utf-8")
        content: object = json.loads(text) if is_json else tomllib.loads(text)
    except OSError as error:
        raise InvalidInput(
            Problem("", f"cannot be read: {error.strerror}"), file=str(path)
        ) from None
    except ValueError as error:
        problem = Problem("", f"is not {'JSON' if is_json else 'TOML'}: {error}")
        raise InvalidInput(problem, file=str(path)) from None
    return content
