"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "User": fields(
        "language",
        name="name",
        contact="email",
        account="password last_login is_active joined_at",
    ),
    "Assignment": fields("", account="role valid_until"),
    "AccessToken": fields("", account="label digest may_write expires_on revoked_at last_used_on"),
}
