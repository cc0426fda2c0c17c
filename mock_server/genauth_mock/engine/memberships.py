"""What others have given a user: roles, groups, departments, tenants, apps, resources, identities, public accounts.

No call of the authentication API gives any of it: a seed or ``/_mock/users`` does. The attributes are the API's fields
by their Python names; what a user of this file leaves out is shown empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeVar

from attrs import evolve, field, fields

from genauth_mock.engine.json_values import camel_cased
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from attrs import AttrsInstance

Json = dict[str, object]
Entry = TypeVar("Entry", "Role", "AuthorizedResource")


@frozen(field_transformer=camel_cased)
class Role:
    """A role. Source: API reference, RoleDto."""

    code: str
    id: str = ""
    name: str = ""
    description: str = ""
    namespace: str = "default"
    namespace_name: str = ""
    status: str = "ENABLE"


@frozen(field_transformer=camel_cased)
class Group:
    """A group. Source: API reference, GroupDto."""

    code: str
    id: str = ""
    name: str = ""
    description: str = ""
    type: str = "static"
    metadata_source: list[str] = field(factory=list[str])


@frozen(field_transformer=camel_cased)
class Department:
    """A department. Source: API reference, UserDepartmentRespDto; empty moments are those of the user's making."""

    department_id: str
    name: str = ""
    code: str = ""
    description: str = ""
    organization_code: str = ""
    open_department_id: str = ""
    is_root: bool = False
    is_leader: bool = False
    is_main_department: bool = False
    is_virtual_node: bool = False
    created_at: str = ""
    joined_at: str = ""
    custom_data: dict[str, object] = field(factory=dict[str, object])


@frozen(field_transformer=camel_cased)
class Tenant:
    """A tenant. Source: API reference, UserTenantListDto."""

    tenant_id: str
    tenant_name: str = ""
    join_at: str = ""


@frozen(field_transformer=camel_cased)
class App:
    """An app that the user may use. Source: API reference, AccessibleAppsDto."""

    app_id: str
    app_name: str = ""
    app_login_url: str = ""
    app_logo: str = ""
    active: bool = True


@frozen(field_transformer=camel_cased)
class AuthorizedResource:
    """A resource that the user may act on. Source: API reference, AuthorizedResourceDto and its query."""

    resource_code: str
    resource_type: Literal["DATA", "API", "MENU", "BUTTON", "UI"] = "DATA"
    namespace: str = "default"
    description: str = ""
    api_identifier: str = ""
    actions: list[str] = field(factory=list[str])
    effect: Literal["ALLOW", "DENY"] = "ALLOW"


@frozen(field_transformer=camel_cased)
class DataResource:
    """A data resource that the user may act on.

    Attributes:
        resource: The code; of a node in a tree its whole path, ``tree/node/child``.
        name: What a node of a tree is called; its code where it is empty.
        value: What a text or a node of a tree holds.
        values: What a list holds.

    Source: API reference, get-user-auth-resource-list and check-permission-tree-resource.
    """

    resource: str
    resource_type: Literal["STRING", "ARRAY", "TREE"] = "STRING"
    namespace_code: str = "default"
    actions: list[str] = field(factory=list[str])
    name: str = ""
    value: str = ""
    values: list[str] = field(factory=list[str])

    @property
    def code(self) -> str:
        """The code of the whole resource: of a node, that of its tree."""
        return self.resource.strip("/").partition("/")[0]

    @property
    def node_path(self) -> str:
        """The path of a node below its tree, such as ``/node/child``; empty for the tree itself."""
        _, slash, path = self.resource.strip("/").partition("/")
        return slash + path


@frozen(field_transformer=camel_cased)
class Identity:
    """An account elsewhere that is linked to the user. Source: API reference, IdentityDto."""

    ext_idp_id: str
    user_id_in_idp: str
    identity_id: str = ""
    provider: str = "oidc"
    type: str = "openid"
    user_info_in_idp: dict[str, object] = field(factory=dict[str, object], repr=False)
    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    origin_conn_ids: list[str] = field(factory=list[str])


@frozen(field_transformer=camel_cased)
class PublicAccount:
    """A public account that the user may change to: another user. Source: API reference, PublicAccountRespDto."""

    user_id: str


@frozen(field_transformer=camel_cased)
class Memberships:
    """Everything that others have given a user, by its kind."""

    roles: list[Role] = field(factory=list[Role])
    groups: list[Group] = field(factory=list[Group])
    departments: list[Department] = field(factory=list[Department])
    tenants: list[Tenant] = field(factory=list[Tenant])
    apps: list[App] = field(factory=list[App])
    authorized_resources: list[AuthorizedResource] = field(factory=list[AuthorizedResource])
    data_resources: list[DataResource] = field(factory=list[DataResource])
    identities: list[Identity] = field(factory=list[Identity])
    public_accounts: list[PublicAccount] = field(factory=list[PublicAccount])


NONE: Final = Memberships()
"""Of a user whom nobody has given anything."""

NAMES: Final = tuple(each.alias or each.name for each in fields(Memberships))
"""Its parts, as JSON names them."""


def changed(memberships: Memberships, other: Memberships, names: Collection[str]) -> Memberships:
    """Return memberships whose parts in ``names`` are those of another one."""
    parts = {
        each.alias or each.name: getattr(other, each.name)
        for each in fields(Memberships)
        if each.alias in names
    }
    return evolve(memberships, **parts)


def shown(entry: AttrsInstance) -> Json:
    """Show one entry by the API's names."""
    return {each.alias or each.name: getattr(entry, each.name) for each in fields(type(entry))}


def shown_parts(memberships: Memberships) -> Json:
    """Show the parts that have something in them; tokens of other providers never leave."""
    parts = {
        each.alias or each.name: [shown(entry) for entry in getattr(memberships, each.name)]
        for each in fields(Memberships)
    }
    for identity in parts["identities"]:
        del identity["accessToken"], identity["refreshToken"]
    return {name: part for name, part in parts.items() if part}


def in_namespace(entries: Sequence[Entry], namespace: str | None) -> list[Entry]:
    """Return the entries of one namespace, or all where none is named."""
    return [entry for entry in entries if namespace in (None, "", entry.namespace)]


def may(memberships: Memberships, kind: str, resource: str, action: str) -> DataResource | None:
    """Return what allows an action on a data resource, or None.

    That what is allowed on a node of a tree says nothing of the nodes below it is assumed.
    """
    fitting = (
        each
        for each in memberships.data_resources
        if (each.resource_type, each.resource) == (kind, resource.strip("/"))
    )
    return next((each for each in fitting if action in each.actions), None)
