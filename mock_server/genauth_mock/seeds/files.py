"""Reads a TOML or JSON file that configures the server."""

from __future__ import annotations

import codecs
import tomllib
from math import isfinite
from typing import TYPE_CHECKING, cast

from genauth_mock.engine.json_values import InvalidInput, Problem
from genauth_mock.http.json_text import read_json

if TYPE_CHECKING:
    from pathlib import Path


def read_file(path: Path) -> object:
    """Return the content of a file: of JSON where its name ends so, else of TOML.

    Raises:
        InvalidInput: It cannot be read, or is something else.
    """
    is_json = path.suffix == ".json"
    try:
        text = decoded(path.read_bytes())
        content: object = read_json(text.encode()) if is_json else tomllib.loads(text)
        refuse_endless(content)
    except OSError as error:
        raise InvalidInput(
            Problem("", f"cannot be read: {error.strerror}"), file=str(path)
        ) from None
    except ValueError as error:
        problem = Problem("", f"is not {'JSON' if is_json else 'TOML'}: {error}")
        raise InvalidInput(problem, file=str(path)) from None
    return content


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Raises:
        ValueError: It is in another encoding; UTF-16, as Windows PowerShell writes it, is named.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        message = (
            "it is in UTF-16, not in UTF-8: save it as UTF-8 (in Windows PowerShell: "
            "... | Out-File -Encoding utf8 FILE, in the place of > FILE)"
        )
        raise ValueError(message)
    return content.decode("utf-8-sig")


def refuse_endless(content: object) -> None:
    """Refuse numbers that JSON has not: TOML can say inf and nan.

    Raises:
        ValueError: There is one.
    """
    match content:
        case float() if not isfinite(content):
            message = f"{content} is not a number of JSON"
            raise ValueError(message)
        case dict():
            refuse_endless(list(cast("dict[str, object]", content).values()))
        case list():
            for item in cast("list[object]", content):
                refuse_endless(item)
        case _:
            pass
