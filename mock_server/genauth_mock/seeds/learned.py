"""A table of answers that were seen live, in the place of rows of error_codes.

JSON: an object from outcome name to ``statusCode``, ``apiCode`` (or null), ``messages`` (by language), ``source``,
``confidence`` and ``date``. ``genauth-contract learn`` and ``diff --learn`` write it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NoReturn, cast

from attrs import evolve

from genauth_mock.engine.context import LANGUAGES
from genauth_mock.engine.error_codes import ERROR_CODES, ErrorCode
from genauth_mock.engine.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOTES: Final = ("source", "confidence", "date")
"""Where a row was seen and how sure it is: for people; nothing here depends on them."""

FIELDS: Final = ("statusCode", "apiCode", "messages", "httpStatus", *NOTES)


class BadTable(ValueError):  # noqa: N818 - named by what is wrong
    """A table that cannot be used; the text names the file, the outcome and the field."""


def read_learned(path: Path) -> dict[Outcome, ErrorCode]:
    """Read a table.

    Returns:
        The rows to put in the place of ours.

    Raises:
        BadTable: It cannot be read, or something in it is wrong.
    """
    try:
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        _reject(path, f"cannot be read: {error.strerror}")
    except ValueError as error:
        _reject(path, f"is not JSON: {error}")
    if not isinstance(content, dict):
        _reject(path, "must be an object from outcome name to its answer")
    rows: dict[Outcome, ErrorCode] = {}
    for name, row in cast("dict[str, object]", content).items():
        if name not in Outcome.__members__:
            _reject(path, f"{name} is no outcome; there are: {', '.join(Outcome.__members__)}")
        if not isinstance(row, dict):
            _reject(path, f"{name} must be an object with {', '.join(FIELDS)}")
        try:
            rows[Outcome[name]] = _row(ERROR_CODES[Outcome[name]], cast("dict[str, object]", row))
        except ValueError as error:
            _reject(path, f"{name}: {error}")
    return rows


def _reject(path: Path, problem: str) -> NoReturn:
    msg = f"{path}: {problem}"
    raise BadTable(msg) from None


def _row(ours: ErrorCode, given: Mapping[str, object]) -> ErrorCode:
    unknown = sorted(set(given) - set(FIELDS))
    if unknown:
        msg = f"{', '.join(unknown)} is unknown; there are: {', '.join(FIELDS)}"
        raise ValueError(msg)
    messages = _messages(given.get("messages", {}))
    for name in NOTES:
        _text(given, name)
    return evolve(
        ours,
        status_code=_whole(given, "statusCode", ours.status_code),
        api_code=None if given.get("apiCode") is None else _whole(given, "apiCode", 0),
        chinese=messages.get("zh-CN", ours.chinese),
        english=messages.get("en-US", ours.english),
        http_status=_whole(given, "httpStatus", ours.http_status),
    )


def _whole(given: Mapping[str, object], name: str, default: int) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"{name} must be a whole number"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        msg = f"{name} must be a string"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    return value


def _messages(given: object) -> dict[str, str]:
    messages = cast("dict[str, object]", given) if isinstance(given, dict) else {"": None}
    texts = {name: text for name, text in messages.items() if isinstance(text, str)}
    if len(texts) < len(messages) or not set(texts) <= set(LANGUAGES):
        msg = f"messages must be an object from {' or '.join(LANGUAGES)} to text"
        raise ValueError(msg)
    # ``{detail}`` is ours: a text seen live has the field at fault written out.
    return texts
