"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "Country": fields("code name"),
    "Place": fields("version sources as_printed name search sort_en sort_ru code kind latitude longitude"),
    "PlaceName": fields("name until"),
    "Institution": fields("version sources as_printed name search sort_en sort_ru code type short_name fictional"),
    "InstitutionName": fields("name until"),
}
