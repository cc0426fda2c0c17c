"""Reads a TOML, JSON or YAML file that configures the server."""

from __future__ import annotations

import codecs
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, cast

from genauth_mock.engine.json_values import InvalidInput, Problem
from genauth_mock.http.json_text import read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def read_file(path: Path) -> object:
    """Return the content of a file: of JSON or YAML where its name ends so, else of TOML.

    Raises:
        InvalidInput: It cannot be read, or is something else.
    """
    name, read = _FORMATS.get(path.suffix, ("TOML", _toml))
    try:
        content = read(decoded(path.read_bytes()))
        refuse_endless(content)
    except OSError as error:
        raise InvalidInput(
            Problem("", f"cannot be read: {error.strerror}"), file=str(path)
        ) from None
    except ValueError as error:
        problem = Problem("", f"is not {name}: {error}")
        raise InvalidInput(problem, file=str(path)) from None
    except RecursionError:
        raise InvalidInput(Problem("", "is nested without end"), file=str(path)) from None
    except ModuleNotFoundError as error:
        problem = Problem("", f"is YAML, for which PyYAML is needed: pip install pyyaml ({error})")
        raise InvalidInput(problem, file=str(path)) from None
    return content


def _toml(text: str) -> object:
    import tomllib  # noqa: PLC0415 - a server without a file starts sooner

    return tomllib.loads(text)


def _json(text: str) -> object:
    return read_json(text.encode())


def _yaml(text: str) -> object:
    """Read YAML; an empty file is an empty object, and dates stay texts.

    Raises:
        ValueError: It is something else, or has a name twice in one object.
    """
    import yaml  # noqa: PLC0415 - few seeds are YAML, and it need not be installed

    loader: Any = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}
        _check_yaml(node)
        return loader.construct_document(node)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from None


def _check_yaml(node: Any) -> None:  # noqa: ANN401 - a node of a library that need not be there
    """Refuse names that JSON has not, and names that are there twice; have dates be texts.

    Raises:
        ValueError: There is one.
    """
    if node.id == "mapping":
        names = [name.value for name, _ in node.value]
        for name, value in node.value:
            if name.tag != "tag:yaml.org,2002:str" or names.count(name.value) > 1:
                fault = "is there twice" if names.count(name.value) > 1 else "must be a text"
                line = name.start_mark.line + 1
                message = f"the name {name.value!r} {fault} (at line {line})"
                raise ValueError(message)
            _check_yaml(value)
    elif node.id == "sequence":
        for each in node.value:
            _check_yaml(each)
    elif node.tag == "tag:yaml.org,2002:timestamp":
        node.tag = "tag:yaml.org,2002:str"


_FORMATS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    ".json": ("JSON", _json),
    ".yaml": ("YAML", _yaml),
    ".yml": ("YAML", _yaml),
}


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
