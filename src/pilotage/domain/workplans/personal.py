"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "WorkPlan": fields("version year number state in_force_from in_force_until", prose="context"),
    "PlanLine": fields(
        "version key position title type baseline_start baseline_end cost_estimate due_first due_last due_year "
        "due_quarter due_reporting_year tolerated_until",
        prose="note",
    ),
    "PlanMove": fields(
        "move from_state to_state effective_on endorsed_by", account="by_id", name="by_name", prose="reason"
    ),
}
