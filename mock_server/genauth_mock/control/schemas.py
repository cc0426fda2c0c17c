"""What the control calls take and answer, as JSON Schema: the components of their OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from genauth_mock.activity.webhooks import Progress
from genauth_mock.control.json_schema import (
    ANYTHING,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    Schema,
    array,
    given,
    nullable,
    record,
    ref,
    words,
)
from genauth_mock.engine.accounts import Status
from genauth_mock.engine.ext_idp_records import Provider
from genauth_mock.engine.memberships import NAMES as MEMBERSHIPS
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.push_codes import PushStatus
from genauth_mock.engine.qr_codes import QrStatus
from genauth_mock.engine.settings import SETTINGS, Settings, show_settings
from genauth_mock.engine.webhook_settings import EVENTS
from genauth_mock.faults.fault import Delivery, Kind, When
from genauth_mock.faults.json_format import FIELDS as FAULT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTED_SETTINGS: Final[Mapping[str, str]] = {
    "webhooks": "WebhookSetting",
    "extIdps": "ExtIdpSetting",
}


def _setting(name: str) -> Schema:  # noqa: PLR0911 - one for each kind of value
    """Derive the schema of a setting from its default."""
    default = show_settings(Settings())[name]
    about: Schema = {"description": f"Source: {SETTINGS[name].source}.", "default": default}
    if name in _LISTED_SETTINGS:
        return {**array(ref(_LISTED_SETTINGS[name])), **about}
    if name == "profile":
        return {"type": ["string", "object"], **about}
    match default:
        case None:
            return {"type": ["integer", "null"], **about}
        case bool():
            return {"type": "boolean", **about}
        case str():
            return {"type": "string", **about}
        case int():
            return {"type": "number", **about}
        case list():
            return {"type": "array", "items": TEXT, **about}
        case dict():
            return {"type": "object", "additionalProperties": TEXT, **about}
        case _:
            return {"type": ["string", "null"], **about}


_USER_GIVEN: Final[Mapping[str, Schema]] = {
    "userId": {**TEXT, "maxLength": 64},
    "username": nullable(TEXT),
    "password": nullable(TEXT),
    "email": nullable(TEXT),
    "phoneNumber": {**nullable(TEXT), "description": "National, or in E.164 such as +12025550123."},
    "phoneCountryCode": nullable(TEXT),
    "status": words(Status),
    "nickname": nullable(TEXT),
    "customData": ANYTHING,
    "factors": array(ref("FactorGiven")),
    **dict.fromkeys(MEMBERSHIPS, array({"type": "object"})),
}

_USER: Final[Mapping[str, Schema]] = {
    "userId": TEXT,
    "username": nullable(TEXT),
    "email": nullable(TEXT),
    "phoneNumber": nullable(TEXT),
    "phoneCountryCode": nullable(TEXT),
    "phoneVerified": FLAG,
    "status": words(Status),
    "hasPassword": FLAG,
    "loginsCount": WHOLE,
    "createdAt": MOMENT,
    "updatedAt": MOMENT,
    "nickname": TEXT,
    "customData": ANYTHING,
    "factors": array({"type": "object"}),
    **dict.fromkeys(MEMBERSHIPS, array({"type": "object"})),
}

_NOT_OF_ALL: Final = ("nickname", "customData", "factors", *MEMBERSHIPS)
"""What only some users have."""

_FAULT_TYPES: Final[Mapping[str, Schema]] = {
    "when": words(When),
    "times": nullable(WHOLE),
    "skip": WHOLE,
    "probability": {**NUMBER, "minimum": 0, "maximum": 1},
    "delaySeconds": NUMBER,
    "delay": {"type": ["object", "number"]},
    "httpStatus": WHOLE,
    "retryAfter": WHOLE,
    "outcome": ref("Outcome"),
    "statusCode": WHOLE,
    "apiCode": WHOLE,
    "overSeconds": NUMBER,
    "cutAfterBytes": WHOLE,
    "delivery": words(Delivery),
}
"""Of the fields of a fault; the others are texts."""

_FAULT: Final[Mapping[str, Schema]] = {
    "kind": words(Kind),
    **{name: _FAULT_TYPES.get(name, TEXT) for name in FAULT_FIELDS},
}

SCHEMAS: Final[Mapping[str, Schema]] = {
    "Error": record({"error": {**TEXT, "description": "What is wrong, and the way out."}}),
    "Outcome": words(outcome.name for outcome in Outcome),
    "Health": record({"status": TEXT, "version": TEXT, "appId": TEXT, "strictApps": FLAG}),
    "App": record({"appId": TEXT, "isDefault": FLAG, "messages": WHOLE}),
    "FactorGiven": given(
        {
            "factorType": words(("SMS", "EMAIL", "OTP")),
            **dict.fromkeys(
                ("phoneNumber", "phoneCountryCode", "email", "key", "recoveryCode"), TEXT
            ),
        }
    ),
    "UserGiven": given(_USER_GIVEN),
    "UserChange": given({name: each for name, each in _USER_GIVEN.items() if name != "userId"}),
    "User": record(_USER, optional=_NOT_OF_ALL),
    "NewUser": record({**_USER, "accessToken": TEXT}, optional=_NOT_OF_ALL),
    "Message": record(
        {
            "id": TEXT,
            "appId": TEXT,
            "channel": TEXT,
            "phoneCountryCode": TEXT,
            "phoneNumber": TEXT,
            "email": TEXT,
            "passCode": TEXT,
            "sentAt": MOMENT,
            "expiresAt": MOMENT,
            "state": words(("active", "used", "expired", "exhausted", "replaced")),
            "wrongAttempts": WHOLE,
            "cursor": TEXT,
        },
        optional=("phoneCountryCode", "phoneNumber", "email"),
    ),
    "Session": record(
        {"signedInAt": nullable(MOMENT), "expiresAt": MOMENT, "scope": nullable(TEXT)}
    ),
    "QrCode": record(
        {
            "qrcodeId": TEXT,
            "status": words(QrStatus),
            "userId": nullable(TEXT),
            "expiresAt": MOMENT,
        }
    ),
    "PushCode": record(
        {
            "pushCodeId": TEXT,
            "userId": TEXT,
            "status": words(PushStatus),
            "sentAt": MOMENT,
            "expiresAt": MOMENT,
        }
    ),
    "WebhookSetting": given(
        {
            "url": TEXT,
            "secret": nullable(TEXT),
            "events": array(words(EVENTS)),
            "retrySeconds": array(NUMBER),
        }
    ),
    "ExtIdpSetting": given(
        {
            "identifier": TEXT,
            "type": words(get_args(Provider)),
            "extIdpId": TEXT,
            **dict.fromkeys(("name", "nameEn", "desc", "descEn", "logo", "authInfo"), TEXT),
            "appId": TEXT,
            "appSecret": TEXT,
            "accounts": array(
                given(
                    {
                        **dict.fromkeys(("userIdInIdp", "code", "password", "username"), TEXT),
                        "userInfo": {"type": "object"},
                        "data": {"type": "object"},
                    }
                )
            ),
        }
    ),
    "Webhook": record(
        {
            "id": TEXT,
            "appId": TEXT,
            "event": words(EVENTS),
            "url": TEXT,
            "headers": {"type": "object", "additionalProperties": TEXT},
            "body": {"type": "object"},
            "at": MOMENT,
            "state": words(Progress),
            "attempts": WHOLE,
            "httpStatus": nullable(WHOLE),
            "error": nullable(TEXT),
        }
    ),
    "ClockMove": given({"set": MOMENT, "scale": NUMBER, "frozen": FLAG, "advanceSeconds": NUMBER}),
    "Clock": record({"now": MOMENT, "frozen": FLAG, "scale": NUMBER, "offsetSeconds": NUMBER}),
    "SettingsChange": given({name: _setting(name) for name in SETTINGS}),
    "Settings": record({name: _setting(name) for name in SETTINGS}),
    "FaultGiven": {
        "type": "object",
        "properties": dict(_FAULT),
        "description": "Without a route, user, phoneNumber or channel it applies to every request.",
    },
    "Fault": record({"id": TEXT, **_FAULT, "applied": WHOLE}, optional={*FAULT_FIELDS} - {"when"}),
    "Request": record(
        {
            "id": TEXT,
            "appId": TEXT,
            "at": nullable(MOMENT),
            "pending": FLAG,
            "durationMs": nullable(NUMBER),
            "userId": nullable(TEXT),
            "method": TEXT,
            "path": TEXT,
            "query": {"type": "object"},
            "headers": {"type": "object", "additionalProperties": TEXT},
            "body": ANYTHING,
            "httpStatus": nullable(WHOLE),
            "statusCode": nullable(WHOLE),
            "apiCode": nullable(WHOLE),
            "message": nullable(TEXT),
            "requestId": nullable(TEXT),
            "outcome": {"oneOf": [ref("Outcome"), {"type": "null"}]},
            "effect": {"oneOf": [ref("Outcome"), {"type": "null"}]},
            "why": {"type": ["object", "null"]},
            "answer": {"type": ["object", "null"]},
            "faults": array(record({"id": TEXT, "kind": TEXT, "when": TEXT})),
        }
    ),
    "AnswerGiven": given({"route": TEXT, "data": ANYTHING, "bare": FLAG}),
    "Answer": record({"route": TEXT, "data": ANYTHING, "bare": FLAG}),
    "NearMiss": record({"request": ref("Request"), "differs": {"type": "object"}}),
    "State": record(
        {
            "format": TEXT,
            "appId": TEXT,
            "now": NUMBER,
            "records": array(ANYTHING),
            "messages": array(ANYTHING),
            "signingKeys": ANYTHING,
            "otherApps": array(ref("State")),
        },
        optional=("signingKeys", "otherApps"),
    ),
    "Loaded": record(
        {"appId": TEXT, "records": WHOLE, "otherApps": array(ref("Loaded"))},
        optional=("otherApps",),
    ),
}
"""Every component by its name."""
