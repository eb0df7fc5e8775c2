"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "Publication": fields("version kind period number state as_of"),
    # Forewords are signed: name and office of the signatory stand in the text.
    "SlotText": fields("version slot language state source_digest", prose="markdown"),
    "SlotPhoto": fields("slot", prose="caption"),
    "CheckExplanation": fields("code", prose="reason"),
    "PublicationMove": fields("move from_state to_state effective_on", account="by_id", name="by_name", prose="reason"),
    "Edition": fields(
        "number figures as_of cut_off code_version digest correction issued_on", prose="content", image="images"
    ),
    "EditionFile": fields("language format digest", prose="file"),
    "Issuing": fields("stage correction begun_at heard_at open", prose="message"),
}
