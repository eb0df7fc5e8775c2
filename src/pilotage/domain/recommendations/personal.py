"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "Recommendation": fields(
        "version sources code text group_key priority confidentiality state state_known issued_on response_due "
        "implementation_due cleared_on answered_on adopted_on act_number act_date act_body search sort_en sort_ru "
        "issued_first issued_last issued_year issued_quarter issued_reporting_year",
        prose="as_printed origin addressee_text accepted_text",
    ),
    "RecommendationFile": fields("name digest", prose="file"),
    "RecommendationMove": fields(
        "move from_state to_state effective_on channel",
        account="by_id by_role",
        name="by_name",
        prose="words evidence_text",
    ),
    "AgencyContact": fields("language active", name="name", position="position", contact="email"),
    "AgencyLink": fields("", account="digest expires_on revoked_at last_used_at"),
    "AnswerSheet": fields("channel code rows given_out_on returned_on", account="secret"),
    "Reminder": fields("day items sent_at attempts claimed_at", prose="problem"),
    "DailyRun": fields("job day claimed_at finished_at"),
}
