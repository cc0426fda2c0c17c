"""Reads the file of a profile: how your own deployment answers, as ``genauth-contract learn`` writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.profiles import profile_name
from genauth_mock.seeds.files import read_file

if TYPE_CHECKING:
    from os import PathLike

SUFFIXES: Final = (".json", ".toml")
"""How the name of such a file ends; no name of a profile does."""


def named_profile(value: str | PathLike[str]) -> str:
    """Return a profile by its name, or the text of the one in a file.

    Raises:
        InvalidInput: The file cannot be read, or something in it is wrong.
        ValueError: There is no such profile; the text says which there are.
    """
    return profile_name(text_or_name(value))


def text_or_name(value: str | PathLike[str]) -> str:
    """Return the text of the profile in a file, and any other name as it is.

    Raises:
        InvalidInput: The file cannot be read, or something in it is wrong.
    """
    path = Path(value)
    if isinstance(value, str) and path.suffix not in SUFFIXES:
        return value
    # Not at the top: it imports cattrs, and most servers read no such file.
    from genauth_mock.engine.written_profiles import read_profile  # noqa: PLC0415 - as said

    content = read_file(path)
    try:
        read_profile(content)
    except InvalidInput as error:
        raise error.in_file(path) from None
    return json.dumps(content, ensure_ascii=False)
