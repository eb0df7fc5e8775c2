"""The words that activities are described with, and their codes (domain handbook, sections 2 and 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Type(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    SEMINAR = "seminar", _("seminar")
    TRAINING = "training", _("training")
    TRAINING_OF_TRAINERS = "training_of_trainers", _("training of trainers")
    STUDY_VISIT = "study_visit", _("study visit")
    EXPERT_MISSION = "expert_mission", _("expert mission")
    ON_THE_JOB_TRAINING = "on_the_job_training", _("on-the-job training")
    CONFERENCE = "conference", _("conference")
    COORDINATION = "coordination", _("coordination")
    HAND_OVER_CEREMONY = "hand_over_ceremony", _("hand-over ceremony")


class ActivityScope(models.TextChoices):
    NATIONAL = "national", _("national")
    MULTI_COUNTRY = "multi_country", _("multi-country")
    REGIONAL = "regional", _("regional")


class Mode(models.TextChoices):
    ONSITE = "onsite", _("onsite")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("hybrid")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed")
    POSTPONED = "postponed", _("postponed")
    IMPLEMENTED = "implemented", _("implemented")
    VERIFIED = "verified", _("verified")
    CANCELLED = "cancelled", _("cancelled")


class Confidentiality(models.TextChoices):
    PUBLIC = "public", _("public")
    PARTNERS = "partners", _("partners")
    INTERNAL = "internal", _("internal")
    RESTRICTED = "restricted", _("restricted")


class Sex(models.TextChoices):
    WOMAN = "woman", _("women")
    MAN = "man", _("men")
    OTHER = "other", _("other")
    NOT_STATED = "not_stated", _("not stated")


class PolicyTag(models.TextChoices):
    """Policy frames that an activity serves (domain handbook, 4: policy tags)."""

    CA_RESILIENCE = "ca_resilience", _("EU Strategy for Central Asia: resilience")
    CA_PROSPERITY = "ca_prosperity", _("EU Strategy for Central Asia: prosperity")
    CA_TOGETHER = "ca_together", _("EU Strategy for Central Asia: working better together")
    IBM_INTRA = "ibm_intra_service", _("IBM: intra-service cooperation")
    IBM_INTER = "ibm_inter_agency", _("IBM: inter-agency cooperation")
    IBM_INTERNATIONAL = "ibm_international", _("IBM: international cooperation")
    CT_ANTICIPATE = "ct_anticipate", _("EU Counter-Terrorism Agenda: anticipate")
    CT_PREVENT = "ct_prevent", _("EU Counter-Terrorism Agenda: prevent")
    CT_PROTECT = "ct_protect", _("EU Counter-Terrorism Agenda: protect")
    CT_RESPOND = "ct_respond", _("EU Counter-Terrorism Agenda: respond")
    TEAM_EUROPE = "team_europe", _("Team Europe")
    GLOBAL_GATEWAY = "global_gateway", _("Global Gateway")
