"""How records are written where they leave the process: JSON, read back as equal values."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Final, TypeVar

from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from genauth_mock.address import Address

Value = TypeVar("Value")

STRAY_BYTES: Final = "surrogatepass"
"""How texts are written whose bytes were no UTF-8 (a header may have any), so that they are read back as they were."""

_MICROSECOND: Final = timedelta(microseconds=1)


def encode(record: object) -> bytes:
    """Write a record."""
    return json.dumps(_converter().unstructure(record), separators=(",", ":")).encode()


def decode(kind: type[Value], written: bytes) -> Value:
    """Read a record of a known type back."""
    return _converter().structure(json.loads(written), kind)


@cache
def _converter() -> Converter:
    converter = Converter(unstruct_collection_overrides={frozenset: sorted, tuple: list})
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(timedelta, lambda span: span // _MICROSECOND)
    converter.register_structure_hook(timedelta, lambda count, _: count * _MICROSECOND)
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    configure_tagged_union(Address, converter)
    return converter
