"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "Series": fields("code title"),
    "Activity": fields(
        "version sources code title type thematic scope mode baseline_start baseline_end planned_start planned_end "
        "actual_start actual_end date_text state additional confidentiality by_national_trainers agencies_text cost "
        "policy_tags sdg_goals signed_list_on report_on search sort_en sort_ru begins_on ends_on "
        "ended_first ended_last ended_year ended_quarter ended_month ended_reporting_year "
        "planned_first planned_last planned_year planned_quarter planned_month planned_reporting_year "
        "baseline_first baseline_last baseline_year baseline_quarter baseline_month baseline_reporting_year due_on",
        prose="summary experts_text outputs_text as_printed",
    ),
    "ActivityCountry": fields(),
    "ParticipatingInstitution": fields(),
    "CoOrganiser": fields(),
    "ActivityExpert": fields(),
    # A tally counts; where it is published, small cells are withheld.
    "Tally": fields("institution_type sex mode age_band count"),
    "Person": fields(
        "version",
        name="name_signed name_latin search sort alike_signed alike_latin",
        position="position",
        trait="sex",
        contact="email",
        consent="photo_consent_on mailing_consent_on",
        account="key",
    ),
    "MergedPerson": fields("", account="key former_id"),
    "Attendance": fields(
        "mode",
        trait="role",
        score="days_present pre_test post_test certificate_number",
        opinion="satisfaction",
    ),
    "PersonsReading": fields("at what persons", account="user_id record", name="user_name search"),
    "Deliverable": fields("sources as_printed type title transmitted_on"),
    "ActivityFile": fields(
        "kind digest confidentiality",
        image="file",
        consent="consent_on",
        name="credit",
        prose="name alternative_text",
    ),
    "ActivityMove": fields("move from_state to_state effective_on", account="by_id", name="by_name", prose="reason"),
    "CheckReason": fields("check_code", prose="reason"),
}
