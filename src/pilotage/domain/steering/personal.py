"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "SteeringBody": fields(
        "version kind title quorum_share quorum_needs_chair quorum_needs_delegation notice_days minutes_days "
        "comment_days tacit_approval"
    ),
    "BodyMember": fields(
        "version voting chair delegation language valid_from valid_until",
        name="delegate alternate",
        position="position",
        contact="email alternate_email",
    ),
    "MeetingRound": fields("version year cut_off"),
    "Meeting": fields(
        "version sources code kind title starts ends date_text mode state confidentiality papers_sent_on circulated_on "
        "approved_on approved_tacitly sequence begins_on ends_on",
        name="chair_text secretary_text",
        prose="as_printed summary quorum_waived_reason search",
    ),
    "MeetingSession": fields("kind position starts_at ends_at", name="present_text"),
    "AgendaItem": fields("version position kind title", name="speaker", prose="minutes summary"),
    "Paper": fields("title digest sent_on", prose="file name link"),
    "Presence": fields("present_as", name="name"),
    "Decision": fields("version number", prose="text"),
    "ActionPoint": fields(
        "version code due_on first_due_on state reported_done_on done_on search given_first given_last given_year "
        "given_quarter given_reporting_year first_due_year first_due_quarter first_due_reporting_year",
        prose="text",
    ),
    "ActionMove": fields(
        "move from_state to_state effective_on channel",
        account="by_id",
        name="by_name",
        prose="words evidence_text",
    ),
    "ActionFile": fields("name digest", prose="file"),
    "FollowUp": fields("standing", account="by_id", name="by_name", prose="text"),
    "RoomSending": fields("key at", prose="answer"),
    "MeetingMove": fields("move from_state to_state effective_on", account="by_id", name="by_name", prose="reason"),
    "MinutesComment": fields("outcome received_on", account="by_id", name="by_name author", prose="text reply"),
    "Mention": fields("came_out_of_it"),
    "Invitation": fields(
        "language method sequence asked_at sent_at claimed_at attempts",
        name="name asked_by",
        contact="email",
        prose="problem",
    ),
    "MeetingReason": fields("check_code", prose="reason"),
}
