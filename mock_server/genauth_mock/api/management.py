"""The paths of the management API, none of which the offline GenAuth imitates."""

from __future__ import annotations

from typing import Final

_V3: Final = """
    add-department-members add-group-members add-tenant-department-members add-tenant-users add-whitelist
    assign-asa-account assign-role assign-role-batch associate-tenant-resource authing-verify/create-device
    authorize-application-access authorize-data-policies authorize-resources batch-applications-auth
    cancel-sync-risk-operation change-ext-idp-conn-association-state change-ext-idp-conn-state
    change-userpool-tenant-ext-idp-conn-state check-data-policy-exists check-data-resource-exists
    check-domain-available check-external-user-permission check-permission check-permission-namespace-exists
    check-role-params check-session-status check-user-same-level-permission click-cost-contact
    config-email-provider create-access-key create-admin-role create-application create-array-data-resource
    create-asa-account create-asa-accounts-batch create-data-policy create-data-resource create-department
    create-department-tree create-device create-event-app create-ext-idp create-ext-idp-conn create-group
    create-groups-batch create-multiple-tenant-admin create-namespace create-namespaces-batch
    create-or-update-group create-organization create-permission-namespace create-permission-namespaces-batch
    create-pipeline-function create-post create-public-account create-public-accounts-batch create-resource
    create-resources-batch create-role create-roles-batch create-string-data-resource create-sync-task
    create-tenant create-tenant-cooperator create-tenant-user create-tree-data-resource create-user
    create-users-batch create-webhook define-event delete-access-key delete-admin-roles delete-application
    delete-asa-account delete-asa-accounts-batch delete-common-resources-batch delete-custom-fields
    delete-data-policy delete-data-resource delete-department delete-department-sync-relations delete-device
    delete-device-by-user delete-ext-idp delete-ext-idp-conn delete-groups-batch delete-multiple-tenant-admin
    delete-namespace delete-namespaces-batch delete-organization delete-permission-namespace
    delete-permission-namespaces-batch delete-pipeline-function delete-public-accounts-batch delete-resource
    delete-resources-batch delete-roles-batch delete-tenant delete-tenant-admin delete-tenant-cooperator
    delete-tenant-user delete-user-sync-relations delete-users-batch delete-webhook delete-whitelist
    device-status disable-device disable-device-by-user disable-ldap-server enable-device enable-device-by-user
    enable-ldap-server ext-idp-conn-apps generate-invite-tenant-user-link get-access-key get-admin-audit-logs
    get-all-departments get-all-groups get-all-rights-items get-application get-application-permission-strategy
    get-application-secret get-application-simple-info get-asa-account get-asa-account-assigned-targets
    get-asa-accounts-batch get-assigned-account get-authorized-resources get-current-package-info
    get-custom-data get-custom-fields get-data-policy get-data-resource get-department get-department-by-id
    get-department-sync-relations get-departments-of-public-account get-email-provider get-email-templates
    get-ext-idp get-external-user-resource-struct get-global-mfa-settings get-group
    get-group-authorized-resources get-groups-of-public-account get-last-login-apps-by-deviceIds
    get-ldap-server-config get-ldap-server-log get-ldap-server-random-pwd get-ldap-sub-entries
    get-management-token get-mau-period-usage-history get-mfa-status get-mfa-trigger-data
    get-multiple-tenant-admin get-namespace get-namespaces-batch get-order-detail get-order-pay-detail
    get-orders get-organization get-organization-batch get-otp-secret-by-user get-parent-department
    get-permission-namespace get-permission-namespaces-batch get-pipeline-function get-pipeline-logs get-post
    get-post-by-id get-post-of-public-account get-public-account get-public-account-batch
    get-public-accounts-of-department get-public-accounts-of-group get-public-accounts-of-post
    get-public-accounts-of-role get-public-accounts-of-user get-resource get-resource-authorized-targets
    get-resources-batch get-role get-role-authorized-resources get-roles-of-public-account get-security-settings
    get-subject-auth-detail get-sync-job get-sync-task get-tenant get-tenant-by-code get-tenant-cooperator
    get-tenant-cooperator-menu get-tenant-little-info get-tenant-user get-usage-info get-user
    get-user-accessible-apps get-user-action-logs get-user-authorized-apps get-user-authorized-resources
    get-user-base-fields get-user-batch get-user-departments get-user-groups get-user-identities
    get-user-logged-in-identities get-user-loggedin-apps get-user-login-history get-user-mfa-info
    get-user-password-ciphertext get-user-permission-list get-user-post get-user-posts
    get-user-principal-authentication-info get-user-resource-permission-list get-user-resource-struct
    get-user-roles get-user-sync-relations get-users-of-public-account get-webhook get-webhook-event-list
    get-webhook-logs has-any-role import-otp import-tenant import-tenant-history import-tenant-notify-user
    ip-list ip-list/{id} is-action-allowed is-user-exists is-user-in-department kick-public-accounts kick-users
    link-identity list-access-key list-application-active-users list-application-simple-info list-applications
    list-applications-auth list-archived-users list-asa-accounts list-children-departments list-common-resource
    list-custom-fields list-data-policies list-data-policy-targets list-data-resources
    list-department-member-ids list-department-members list-event-apps list-events list-ext-idp
    list-group-members list-groups list-invite-tenant-user-records list-multiple-tenant-admins
    list-namespace-roles list-namespaces list-organizations list-permission-namespace-roles
    list-permission-namespaces list-permission-view/data list-pipeline-functions list-post list-public-accounts
    list-resource-targets list-resources list-role-assignments list-role-departments list-role-members
    list-roles list-simple-data-policies list-subject-auth list-sync-job-logs list-sync-jobs
    list-sync-risk-operations list-sync-tasks list-tenant-admin list-tenant-applications list-tenant-cooperators
    list-tenant-ext-idp list-tenant-users list-tenants list-user-base-fields list-users list-webhooks
    list-whitelist metadata/all-operate metadata/copy-operate metadata/create-field metadata/create-model
    metadata/create-operate metadata/create-row metadata/create-row-relation metadata/execute-operate
    metadata/export metadata/export/model metadata/filter metadata/get-import-template metadata/get-model
    metadata/get-relation-info metadata/get-row metadata/get-row-by-value metadata/get-row-relation
    metadata/import metadata/import/model metadata/list-field metadata/list-model metadata/list-operate
    metadata/remove-field metadata/remove-model metadata/remove-operate metadata/remove-row
    metadata/remove-row-relation metadata/ueba/capture metadata/update-field metadata/update-model
    metadata/update-operate metadata/update-row multiple-namespace-delete-roles-batch preview-email-template
    pub-event pub-userEvent refresh-application-secret remove-department-members remove-group-members
    remove-post remove-tenant-department-members remove-tenant-users reset-user-principal-authentication-info
    resign-public-account-batch resign-user resign-user-batch reupload-pipeline-function
    revoke-application-access revoke-data-policy revoke-role revoke-role-batch risk-list-policy
    risk-list-policy/{id} search-department-members search-departments search-departments-list
    search-organizations send-email-batch send-invite-tenant-user-email send-sms-batch set-custom-data
    set-custom-fields set-mfa-status set-public-account-of-departments set-public-account-of-groups
    set-public-account-of-post set-public-account-of-roles set-public-account-of-users set-tenant-admin
    set-user-base-fields set-user-departments set-user-of-public-accounts set-user-posts suspend-device
    suspend-device-by-user transfer-into-public-account trigger-sync-risk-operations trigger-sync-task
    trigger-webhook unassign-asa-account unbind-public-account-of-post unbind-public-account-of-user
    unlink-identity update-access-key update-application-mfa-settings update-application-permission-strategy
    update-asa-account update-auth-enabled update-data-policy update-data-resource update-department
    update-department-status update-email-template update-ext-idp update-ext-idp-conn update-global-mfa-settings
    update-group update-ldap-server-config update-login-page-config update-multiple-tenant-admin
    update-namespace update-organization update-organization-status update-permission-namespace
    update-pipeline-function update-pipeline-order update-post update-public-account update-public-account-batch
    update-resource update-role update-security-settings update-sync-task update-tenant update-tenant-cooperator
    update-tenant-user update-user update-user-batch update-userpool-tenant-appqrcode-state
    update-userpool-tenant-config update-webhook user-connection-post user-list user-list/{id}
    userpool-tenant-config users/field/decrypt verify-config verify-config-app
"""

_OTHERS: Final = """
    api/internal/v1/metadata/get-row-batch api/internal/v1/metadata/list-fields
    api/internal/v1/metadata/update-row get-row-batch
"""

MANAGED: Final = frozenset(
    [f"/api/v3/{name}" for name in _V3.split()] + [f"/{name}" for name in _OTHERS.split()]
)
"""Source: management API reference, its OpenAPI document."""
