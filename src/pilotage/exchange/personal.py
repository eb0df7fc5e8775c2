"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    # An uploaded workbook may hold anything; it is deleted once the import is decided.
    "ImportRun": fields(
        "file_name digest size language kind state created_at finished_at rows added changed unchanged wrong warned",
        prose="file problems",
    ),
    "ImportChunk": fields("position rows wrong", prose="payload"),
    # What an agency wrote, before somebody takes it over line by line.
    "AnswerReturn": fields(
        "digest state created_at finished_at taken refused",
        prose="file_name file lines",
    ),
    "Tries": fields("kind began number", account="who"),
}
