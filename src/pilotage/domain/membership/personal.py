"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "User": fields(
        "version language",
        name="name",
        contact="email",
        account="password last_login is_active joined_at sessions_ended_at",
    ),
    "Assignment": fields("version", account="role valid_from valid_until"),
    "AccessToken": fields("", account="label digest may_write expires_on revoked_at last_used_on"),
}
