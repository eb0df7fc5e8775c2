"""Forms of a recommendation: its facts, its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pilotage.domain.activities.access import visible_activities
from pilotage.domain.activities.models import Activity, Deliverable
from pilotage.domain.activities.words import Confidentiality
from pilotage.domain.membership.models import Role
from pilotage.domain.membership.permissions import Level
from pilotage.domain.membership.viewers import Viewer
from pilotage.domain.parties.models import Institution
from pilotage.domain.programme.models import Component, Phase
from pilotage.domain.recommendations.models import Recommendation
from pilotage.domain.recommendations.operations import Answer
from pilotage.domain.recommendations.states import Move
from pilotage.domain.recommendations.words import Origin, Priority, State
from pilotage.kit.texts import wording
from pilotage.web.activities.forms import DATE_HELP, UNKNOWN_INSTITUTION, DayField
from pilotage.web.activities.names import institution_names
from pilotage.web.fields import NamedField, PartialDateFormField, PlainTextField, TranslatedFormField

FACTS = (
    "text", "addressee", "addressee_text", "component", "activity", "deliverable", "origin", "priority",
    "response_due", "implementation_due", "issued_on", "confidentiality", "accepted_text", "act_number", "act_date",
    "act_body",
)  # fmt: skip
AFTER_ISSUE = ("accepted_text", "act_number", "act_date", "act_body")
BEFORE_ISSUE = ("text", "addressee", "addressee_text", "issued_on")


class RecommendationForm(forms.Form):
    """What is recommended, to whom, by when."""

    text = TranslatedFormField(label=_("Recommendation"), longest=3000, long=True)
    addressees = NamedField(
        label=_("Addressees"), listed="institution-names", several=True, unknown=UNKNOWN_INSTITUTION,
        help_text=_("The same advice to several agencies becomes as many records, grouped: each adopts alone."),
    )  # fmt: skip
    addressee = NamedField(label=_("Addressee"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    addressee_text = TranslatedFormField(
        label=_("Addressee, as stated"), longest=300, required=False,
        help_text=_("The words of a source that names no single agency."),
    )  # fmt: skip
    component = forms.ModelChoiceField(
        label=_("Component"), queryset=Component.objects.none(), required=False,
        empty_label=_("not stated"),
    )  # fmt: skip
    origin = forms.ChoiceField(label=_("Came out of"), choices=Origin.choices, required=False)
    activity = PlainTextField(
        label=_("Activity"), required=False, max_length=40, help_text=_("Its code; begin to type and choose."),
        widget=forms.TextInput(attrs={"list": "activity-codes", "autocomplete": "off"}),
    )  # fmt: skip
    deliverable = forms.ModelChoiceField(
        label=_("Document"), queryset=Deliverable.objects.none(), required=False, empty_label=_("not stated")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.MEDIUM)
    issued_on = PartialDateFormField(label=_("Issued on"), help_text=DATE_HELP)
    response_due = DayField(label=_("Response due"), help_text=_("Left empty, the phase's days after the issue."))
    implementation_due = DayField(label=_("Implementation due"))
    accepted_text = TranslatedFormField(label=_("Text as accepted"), longest=3000, long=True, required=False)
    act_number = PlainTextField(label=_("Number of the order or law"), required=False, max_length=60)
    act_date = DayField(label=_("Date of the order or law"))
    act_body = TranslatedFormField(label=_("Body that adopted it"), longest=200, required=False)
    confidentiality = forms.ChoiceField(
        label=_("Who may see it"), choices=Confidentiality.choices, initial=Confidentiality.PARTNERS,
        help_text=_("The addressee sees what is said to it in any case, once it is issued."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any, *, phase: Phase, viewer: Viewer, record: Recommendation | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=dict(initial or {}))
        self.phase, self.record = phase, record
        names = institution_names(phase)
        self.institution_names = names
        for name in ("addressees", "addressee"):
            field = self.fields[name]
            assert isinstance(field, NamedField)
            field.bind(names)
        held = viewer.held_with("recommendation", phase, {Level.EDIT, Level.APPROVE})
        own = [one.component_id for one in held if one.component_id is not None]
        components = Component.objects.filter(phase=phase)
        self._choices("component", components.filter(pk__in=own) if own and len(own) == len(held) else components)
        self.activities = visible_activities(viewer, phase)
        deliverables = Deliverable.objects.filter(activity__in=self.activities.order_by()).select_related("activity")
        self._choices("deliverable", deliverables)
        self.fields["addressees"].widget.spare = 5  # type: ignore[attr-defined]
        del self.fields["addressees" if record is not None else "addressee"]
        gone: Iterable[str] = ()
        if record is None:
            gone = (*AFTER_ISSUE, "issued_on")
        elif record.state != State.DRAFT:
            gone = BEFORE_ISSUE
        else:
            gone = AFTER_ISSUE
        for name in gone:
            self.fields.pop(name, None)

    def _choices(self, name: str, queryset: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = queryset
        field.label_from_instance = label_of  # type: ignore[assignment]

    def clean_activity(self) -> Activity | None:
        """The activity by its code."""
        code = self.cleaned_data["activity"].strip()
        if not code:
            return None
        found: Activity | None = self.activities.filter(code=code).first()
        if found is None:
            raise ValidationError(_("There is no activity with this code that you may see."))
        return found

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        values = {name: self.cleaned_data[name] for name in FACTS if name in self.fields}
        if "addressee" in values:
            key = values.pop("addressee")
            values["addressee"] = _institution(key)
        return values


def label_of(one: Component | Deliverable) -> str:
    """A component or document in the reader's language."""
    title = wording(one.title, (get_language() or "en").split("-")[0])
    return f"{one.number}. {title}" if isinstance(one, Component) else title


def _institution(key: int | None) -> Institution | None:
    return Institution.objects.filter(pk=key).first() if key else None


def initial_of(record: Recommendation) -> dict[str, Any]:
    """What the form begins with."""
    values = {name: getattr(record, name) for name in FACTS if name not in {"activity", "addressee"}}
    values["activity"] = record.activity.code if record.activity else ""
    values["addressee"] = record.addressee_id
    for name in ("component", "deliverable"):
        values[name] = getattr(record, f"{name}_id")
    return {**values, "version": record.version}


class StepForm(forms.Form):
    """One step with what it needs."""

    effective_on = DayField(label=_("Effective on"), help_text=_("Left empty, today."))
    words = forms.CharField(
        label=_("Reason"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    implementation_due = DayField(label=_("Implementation due"))
    accepted_text = TranslatedFormField(
        label=_("Text as accepted"), longest=3000, long=True, required=False,
        help_text=_("Only where the agency accepted another wording."),
    )  # fmt: skip
    act_number = PlainTextField(label=_("Number of the order or law"), required=False, max_length=60)
    act_date = DayField(label=_("Date of the order or law"))
    act_body = TranslatedFormField(label=_("Body that adopted it"), longest=200, required=False)
    evidence_text = forms.CharField(label=_("Or where it can be seen"), required=False, max_length=2000)
    evidence = forms.FileField(label=_("File"), required=False, max_length=200)
    by_letter = forms.BooleanField(
        label=_("The agency said so in a letter, which is attached"), required=False, initial=True
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, files: Any, *, move: Move, record: Recommendation, viewer: Viewer) -> None:
        super().__init__(data, files, initial={"version": record.version}, auto_id=f"id_{move.name}_%s")
        self.move = move
        roles = {Role(held.role) for held in viewer.held_in(record.phase)}
        letters = move.by_agency and Role.CP not in roles
        gone = set()
        if not letters:
            gone.add("by_letter")
        if not move.by_agency:
            gone |= {"evidence"}
        if move.name not in {"accept", "accept_partly", "start"}:
            gone |= {"implementation_due"}
        if move.name != "accept_partly":
            gone |= {"accepted_text"}
        if "evidence" not in move.needs:
            gone |= {"act_number", "act_date", "act_body", "evidence_text"}
        for name in gone:
            self.fields.pop(name, None)
        self.fields["words"].required = "reason" in move.needs
        if move.by_agency:
            self.fields["words"].label = _("In the agency's words")
        if letters:
            self.fields["evidence"].label = _("The letter (PDF, picture, Word)")

    def clean(self) -> dict[str, Any]:
        """A letter is attached; a step does not lie in the future."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("by_letter") and not cleaned.get("evidence"):
            self.add_error("evidence", _("Attach the letter."))
        day = cleaned.get("effective_on")
        if day and day > timezone.localdate():
            self.add_error("effective_on", _("The date lies in the future."))
        return cleaned

    def answer(self, evidence: tuple[str, bytes] | None) -> Answer:
        """The step as the operation takes it."""
        cleaned = self.cleaned_data
        return Answer(
            move=self.move.name,
            words=cleaned.get("words", "").strip(),
            evidence_text=cleaned.get("evidence_text", "").strip(),
            evidence=evidence,
            implementation_due=cleaned.get("implementation_due"),
            accepted_text=cleaned.get("accepted_text") or None,
            act_number=cleaned.get("act_number", ""),
            act_date=cleaned.get("act_date"),
            act_body=cleaned.get("act_body") or None,
            effective_on=cleaned.get("effective_on"),
        )
