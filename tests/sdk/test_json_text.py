"""JSON text is read alike with and without orjson, and only JSON is."""

import runpy
import sys
from collections.abc import Callable

import pytest

from aiogenauth import decoding

Encode = Callable[[object], bytes]
Decode = Callable[[bytes], object]


@pytest.fixture(params=[True, False], ids=["with orjson", "without it"])
def codec(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[Encode, Decode, type[ValueError]]:
    """Give `encode`, `decode` and the error of the module, as it is imported in each case."""
    if not request.param:
        monkeypatch.setitem(sys.modules, "orjson", None)
    names = runpy.run_path(decoding.__file__)
    return names["encode"], names["decode"], names["ShapeError"]


def test_what_is_written_is_read_back(codec: tuple[Encode, Decode, type[ValueError]]) -> None:
    encode, decode, _ = codec
    value = {"text": "验证码 \"'\\\n", "number": 1.5, "whole": 7, "yes": True, "none": None}
    assert decode(encode(value)) == value
    assert (
        encode({"passCode": "123456", "name": "安"}) == '{"passCode":"123456","name":"安"}'.encode()
    )


def test_blanks_may_stand_around(codec: tuple[Encode, Decode, type[ValueError]]) -> None:
    _, decode, _ = codec
    assert decode(b' \t\r\n{"a": 1}\n') == {"a": 1}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{} {}",
        b"\xc2\xa0{}",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_json_is_a_shape_error(
    codec: tuple[Encode, Decode, type[ValueError]], body: bytes
) -> None:
    _, decode, shape_error = codec
    with pytest.raises(shape_error, match="not JSON"):
        decode(body)


@pytest.mark.parametrize("value", [{"a": object()}, {"a": "\ud800"}], ids=["object", "half a pair"])
def test_what_cannot_be_written_raises(
    codec: tuple[Encode, Decode, type[ValueError]], value: object
) -> None:
    encode, _, _ = codec
    with pytest.raises((TypeError, ValueError)):
        encode(value)
