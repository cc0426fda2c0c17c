"""What a user may do with data resources, as lists and as trees.

Source: API reference, get-user-auth-resource-list and get-user-auth-resource-struct.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from genauth_mock.engine.memberships import DataResource, Memberships

    Json = dict[str, object]
    Parts = tuple[str, ...]


def by_namespace(held: Memberships, user_id: str) -> list[Json]:
    """Return everything that a user may do something with, by its namespace."""
    return [
        {
            "userId": user_id,
            "namespaceCode": namespace,
            "resourceList": [
                _listed(code, parts) for code, parts in _groups(entries, lambda each: each.code)
            ],
        }
        for namespace, entries in _groups(held.data_resources, lambda each: each.namespace_code)
    ]


def struct_of(held: Memberships, resource: str) -> Json:
    """Return one resource with what a user may do with it; of a tree with all nodes, one in another.

    Raises:
        Refusal: ``UNKNOWN_RESOURCE``.
    """
    entries = [each for each in held.data_resources if each.code == resource.strip("/")]
    if not entries:
        raise Refusal(Outcome.UNKNOWN_RESOURCE, why={"rule": "the user may do nothing with it"})
    first = entries[0]
    return {
        "namespaceCode": first.namespace_code,
        "resourceCode": first.code,
        "resourceType": first.resource_type,
        **_struct_parts(entries),
    }


def _struct_parts(entries: Sequence[DataResource]) -> Json:
    kind = entries[0].resource_type
    if kind == "TREE":
        return {"treeResourceAuthAction": {"nodeAuthActionList": _nodes(entries)}}
    name = {"STRING": "strResourceAuthAction", "ARRAY": "arrResourceAuthAction"}[kind]
    return {name: _content(entries[0])}


def _listed(code: str, entries: Sequence[DataResource]) -> Json:
    kind = entries[0].resource_type
    shown: Json = {"resourceCode": code, "resourceType": kind}
    if kind == "TREE":
        return {**shown, "treeAuthorize": {"authList": [_node_of_list(each) for each in entries]}}
    name = {"STRING": "strAuthorize", "ARRAY": "arrAuthorize"}[kind]
    return {**shown, name: _content(entries[0])}


def _content(entry: DataResource) -> Json:
    """Return what a text or a list holds, and what may be done with it."""
    is_list = entry.resource_type == "ARRAY"
    held: Json = {"values": list(entry.values)} if is_list else {"value": entry.value}
    return {**held, "actions": list(entry.actions)}


def _node_of_list(entry: DataResource) -> Json:
    return {
        "nodePath": entry.node_path or "/",
        "nodeName": entry.name or _last(entry),
        "nodeActions": list(entry.actions),
        "nodeValue": entry.value,
    }


def _nodes(entries: Sequence[DataResource]) -> list[Json]:
    """Return the nodes of a tree; one that only leads to others has no actions."""
    own = {_path(each): each for each in entries}
    paths = {path[:end] for path in own for end in range(1, len(path) + 1)}
    return _below((), sorted(paths), own)


def _below(parent: Parts, paths: list[Parts], own: Mapping[Parts, DataResource]) -> list[Json]:
    return [
        {
            **_node(path, own.get(path)),
            "children": _below(path, paths, own),
        }
        for path in paths
        if path[:-1] == parent
    ]


def _node(path: Parts, entry: DataResource | None) -> Json:
    code = path[-1]
    if entry is None:
        return {"code": code, "name": code, "value": "", "actions": []}
    return {
        "code": code,
        "name": entry.name or code,
        "value": entry.value,
        "actions": list(entry.actions),
    }


def _path(entry: DataResource) -> Parts:
    return tuple(part for part in entry.node_path.split("/") if part)


def _last(entry: DataResource) -> str:
    return entry.resource.strip("/").rpartition("/")[2]


def _groups(
    entries: Sequence[DataResource], key: Callable[[DataResource], str]
) -> list[tuple[str, list[DataResource]]]:
    """Return the entries by a key, in the order in which each came first."""
    found: dict[str, list[DataResource]] = {}
    for each in entries:
        found.setdefault(key(each), []).append(each)
    return list(found.items())
