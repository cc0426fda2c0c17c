"""How faults are read: what is understood, and what a mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.faults.fault import Fault, Kind, When
from genauth_mock.faults.json_format import FIELDS, read_fault, show_fault
from genauth_mock.faults.matching import FaultSet
from genauth_mock.faults.names import CHANNELS
from genauth_mock.storage.serialization import decode, encode

Json = dict[str, object]


@pytest.mark.parametrize(
    ("given_fault", "kind", "when"),
    [
        ({"delaySeconds": 2}, Kind.DELAY, When.BEFORE),
        ({"delay": 2}, Kind.DELAY, When.BEFORE),
        ({"httpStatus": 503}, Kind.STATUS, When.BEFORE),
        ({"httpStatus": 201}, Kind.STATUS, When.AFTER),
        ({"outcome": "EXPIRED_CODE"}, Kind.ENVELOPE, When.BEFORE),
        ({"statusCode": 499, "apiCode": 2001}, Kind.ENVELOPE, When.BEFORE),
        ({"kind": "reset"}, Kind.RESET, When.BEFORE),
        ({"kind": "reset", "when": "after"}, Kind.RESET, When.AFTER),
        ({"kind": "cut", "when": "before"}, Kind.CUT, When.BEFORE),
        ({"delivery": "never"}, Kind.DELIVERY, When.BEFORE),
        ({"body": "oops"}, Kind.NOT_JSON, When.AFTER),
        ({"outcome": "PHONE_TAKEN", "delaySeconds": 1}, Kind.ENVELOPE, When.BEFORE),
        ({"times": None, "route": None, "kind": "empty"}, Kind.EMPTY, When.AFTER),
    ],
    ids=str,
)
def test_kind_and_moment_are_understood(given_fault: Json, kind: Kind, when: When) -> None:
    fault = read_fault(given_fault)
    assert (fault.kind, fault.when) == (kind, when)


@pytest.mark.parametrize(
    ("given_fault", "said"),
    [
        ({}, "a fault needs a kind (delay, status,"),
        ({"kind": "nap"}, "kind must be one of delay, status,"),
        ({"kind": 3}, "kind must be one of"),
        ({"kind": "resetAfter"}, "kind must be one of"),
        ({"kind": "delay"}, "a fault of kind delay needs delaySeconds"),
        ({"kind": "status"}, "a fault of kind status needs httpStatus"),
        ({"kind": "envelope"}, "a fault of kind envelope needs outcome, or statusCode"),
        ({"apiCode": 2001}, "a fault of kind envelope needs outcome, or statusCode"),
        (
            {"kind": "delivery"},
            "a fault of kind delivery needs delivery: one of late, never, twice",
        ),
        ({"delivery": "late"}, "a late delivery needs delaySeconds"),
        ({"delivery": "soon"}, "delivery must be one of late, never, twice"),
        ({"outcome": "NONSENSE"}, "outcome must be one of OK, WRONG_CODE"),
        ({"outcome": "OK", "statusCode": 1}, "outcome stands for statusCode, apiCode and message"),
        ({"httpStatus": 199}, "httpStatus must be a whole number from 200 to 599"),
        ({"httpStatus": 600}, "httpStatus must be a whole number from 200 to 599"),
        ({"httpStatus": True}, "httpStatus must be a whole number"),
        ({"httpStatus": "503"}, "httpStatus must be a whole number"),
        ({"delaySeconds": -1}, "delaySeconds must be a number from 0 to 86400"),
        ({"delaySeconds": "2"}, "delaySeconds must be a number"),
        ({"delaySeconds": 1, "delay": 1}, "delaySeconds and delay mean the same"),
        ({"delay": {"distribution": "normal"}}, "delay must be an object whose distribution is"),
        ({"delay": {"seconds": 1, "sigma": 1}}, "delay must be an object with distribution"),
        ({"delay": {"distribution": "uniform", "fromSeconds": 1}}, "whose toSeconds is a number"),
        ({"kind": "reset", "times": 0}, "times must be a whole number from 1"),
        ({"kind": "reset", "skip": -1}, "skip must be a whole number from 0"),
        ({"kind": "reset", "probability": 1.1}, "probability must be a number from 0 to 1"),
        ({"kind": "reset", "when": "later"}, "when must be one of before, after"),
        (
            {"kind": "reset", "route": "bind-fone"},
            "route must be a path of GenAuth, such as bind-phone, ",
        ),
        ({"kind": "reset", "phoneNumber": 188}, "phoneNumber must be a string"),
        ({"kind": "reset", "user": ""}, "user must be a string"),
        (
            {"kind": "notJson", "contentType": "a/b\r\nX-Evil: 1"},
            "contentType must be a media type",
        ),
        ({"kind": "reset", "rout": "x"}, "unknown field 'rout'; expected one of: kind, when,"),
    ],
    ids=str,
)
def test_mistake_names_the_field_and_the_way_out(given_fault: Json, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_fault(given_fault)
    assert said in str(refused.value)


def test_number_never_shows_whole() -> None:
    fault = read_fault({"kind": "reset", "phoneNumber": "+8618812348888"})
    assert "18812348888" not in repr(fault) + str(show_fault(fault))


NEEDED: dict[str, Json] = {
    "delay": {"delay": {"distribution": "uniform", "fromSeconds": 0.5, "toSeconds": 2}},
    "status": {"httpStatus": 503},
    "envelope": {"outcome": "EXPIRED_CODE"},
}
"""What a fault of a kind cannot be without."""

ANY_FAULT = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind for kind in Kind if kind is not Kind.DELIVERY])},
    optional={
        "when": st.sampled_from(list(When)),
        "route": st.sampled_from(["send-sms", "/api/v3/bind-phone"]),
        "user": st.text(min_size=1),
        "channel": st.sampled_from(CHANNELS),
        "times": st.integers(1, 1_000_000),
        "skip": st.integers(1, 1_000_000),
        "retryAfter": st.integers(0, 86_400),
        "body": st.text(),
        "overSeconds": st.floats(0, 86_400),
        "cutAfterBytes": st.integers(0, 1_000_000),
        "probability": st.floats(0, 1),
    },
).map(
    lambda fault: {
        **fault,
        **NEEDED.get(str(fault["kind"]), {}),
    }
)


@settings(deadline=None)  # the first one imports cattrs
@given(ANY_FAULT)
def test_what_is_shown_can_be_armed_again(given_fault: Json) -> None:
    fault = read_fault(given_fault)
    assert read_fault(show_fault(fault)) == fault


@settings(deadline=None)  # the first one makes the converter
@given(ANY_FAULT)
def test_faults_survive_being_kept_outside_the_process(given_fault: Json) -> None:
    armed = FaultSet().with_fault(read_fault(given_fault))
    assert decode(FaultSet, encode(armed)) == armed


@settings(deadline=None)  # as above
@given(st.dictionaries(st.sampled_from(["kind", *FIELDS]), st.integers() | st.text() | st.none()))
def test_whatever_comes_is_read_or_refused(given_fault: Json) -> None:
    try:
        fault: Fault | InvalidInput = read_fault(given_fault)
    except InvalidInput as refused:
        fault = refused
    assert isinstance(fault, Fault) or any(name in str(fault) for name in [*given_fault, "kind"])


def test_every_outcome_can_be_asked_for() -> None:
    for name in Outcome.__members__:
        assert read_fault({"outcome": name}).outcome == name
