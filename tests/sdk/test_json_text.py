"""JSON text is read alike with and without orjson, and only JSON is."""

import json
import runpy
import sys
from collections.abc import Callable

import pytest

from aiogenauth import Channel, decoding
from aiogenauth.redaction import Secret

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


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"": ""},
        {"100%s": "%s %d %%", "{}": "{0}"},
        {'a"b\\c': 'd"e\\f', "new\nline": "\x00\x1f\x7f\u2028"},
        {"号码": "💬 ñ", "a": Secret("s3cret"), "b": Channel.BIND_PHONE},
        {"a": "text", "b": 1, "c": [None, True, {"d": 1.5}]},
    ],
    ids=repr,
)
def test_an_object_is_written_as_the_standard_library_writes_it(
    codec: tuple[Encode, Decode, type[ValueError]], value: dict[str, object]
) -> None:
    """There is a short way for texts alone; twice, because it keeps what it learned of the names."""
    encode, _, _ = codec
    as_json = json.loads(encode(value))
    assert as_json == json.loads(json.dumps(value))
    for _again in range(2):
        assert encode(value) in {
            json.dumps(value, ensure_ascii=ascii_too, separators=(",", ":")).encode()
            for ascii_too in (False, True)
        }


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
