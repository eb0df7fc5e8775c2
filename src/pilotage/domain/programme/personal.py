"""Personal data of this app, field by field (domain handbook, 10)."""

from pilotage.kit.personal import Declared, fields

PERSONAL: Declared = {
    "Programme": fields("version sources as_printed code title short_title fictional"),
    "Phase": fields(
        "version sources as_printed code number title short_title objective contract_number original_start original_end "
        "original_eu_contribution co_financing funding_statement languages indicative_activities website",
        # The address of an office; where a person reads it, it is that person.
        contact="contact_email",
    ),
    "Addendum": fields("number signed_on new_end new_eu_contribution note"),
    "PhaseCountry": fields("valid_from valid_until position"),
    "Component": fields("version sources as_printed number title short_title specific_objective"),
    "Output": fields("code title"),
    "PhaseSetting": fields("name value valid_from"),
    "StatedTotal": fields("name figure figure_filters period as_of as_of_text stated number qualifier unit source"),
}
