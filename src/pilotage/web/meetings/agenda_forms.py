"""Forms of the agenda: its items, and the sessions with their hours and with whom they are."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.parties.models import Institution
from pilotage.domain.steering.deadlines import day_of
from pilotage.domain.steering.models import Meeting, MeetingSession
from pilotage.domain.steering.words import ItemKind, SessionKind
from pilotage.kit.texts import Text, wording
from pilotage.web.activities.forms import UNKNOWN_INSTITUTION, DayField
from pilotage.web.activities.names import institution_names
from pilotage.web.fields import NamedField, PlainTextField, TranslatedFormField
from pilotage.web.meetings.forms import bind
from pilotage.web.templatetags.pilotage import reader_language


class TimeField(forms.TimeField):
    """A time of day, with the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class ItemForm(forms.Form):
    """One item of the agenda."""

    title = TranslatedFormField(label=_("Title"), longest=300)
    kind = forms.ChoiceField(
        label=_("What it is about"), choices=ItemKind.choices, initial=ItemKind.OTHER,
        help_text=_("Decides which page of the pack belongs to it."),
    )  # fmt: skip
    speaker = PlainTextField(label=_("Speaker"), required=False, max_length=200)
    minutes = forms.IntegerField(label=_("Minutes of time"), required=False, min_value=1, max_value=600)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """The fields as the operations take them."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "speaker", "minutes")}


class NewItemForm(ItemForm):
    """A new item, at the end of one of the sessions."""

    session = forms.ModelChoiceField(label=_("Session"), queryset=MeetingSession.objects.none())

    def __init__(self, data: Any, *, meeting: Meeting, initial: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        field = self.fields["session"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = meeting.sessions.select_related("institution")
        field.empty_label = None
        field.label_from_instance = session_name  # type: ignore[assignment]


def session_name(session: MeetingSession) -> str:
    """The joint session, or the consultation with its institution."""
    named = wording(session.institution.name, reader_language()) if session.institution else ""
    return f"{session.get_kind_display()}: {named}" if named else str(session.get_kind_display())


class SessionForm(forms.Form):
    """When a session is; with whom a bilateral one is."""

    institution = NamedField(label=_("Institution"), listed="institution-names", unknown=UNKNOWN_INSTITUTION)
    day = DayField(label=_("Day"))
    starts = TimeField(label=_("Starts at"))
    ends = TimeField(label=_("Ends at"))
    present = TranslatedFormField(
        label=_("Who took part"), longest=1000, long=True, required=False,
        help_text=_("Names and positions. Left empty, the minutes name those of the institution on the attendance list."),
    )  # fmt: skip

    def __init__(self, data: Any, *, meeting: Meeting, session: MeetingSession | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=self._initial(meeting, session), **kwargs)
        self.meeting = meeting
        if session is not None and session.kind == SessionKind.JOINT:
            del self.fields["institution"], self.fields["present"]
        else:
            if session is None:
                # Planned, not held yet: nobody has taken part.
                del self.fields["present"]
            self.fields["institution"].required = True
            bind(self, "institution", institution_names(meeting.phase))

    @staticmethod
    def _initial(meeting: Meeting, session: MeetingSession | None) -> dict[str, Any]:
        if session is None:
            return {"day": day_of(meeting)}
        starts = timezone.localtime(session.starts_at) if session.starts_at else None
        ends = timezone.localtime(session.ends_at) if session.ends_at else None
        return {
            "institution": session.institution_id,
            "day": starts.date() if starts else day_of(meeting),
            "starts": starts.time() if starts else None,
            "ends": ends.time() if ends else None,
            "present": session.present_text,
        }

    def clean(self) -> dict[str, Any]:
        """Hours want their day, and the day is one of the meeting's."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if (starts or ends) and not day:
            self.add_error("day", _("Give the day."))
        if ends and not starts:
            self.add_error("starts", _("Give the hour at which it starts."))
        first, last = self.meeting.begins_on, self.meeting.ends_on
        if day and starts and first and last and not first <= day <= last:
            self.add_error("day", _("The meeting is on other days."))
        return cleaned

    def moment(self, name: str) -> datetime | None:
        """``starts`` or ``ends`` as a moment, None where it is not given."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get(name)
        if not isinstance(day, date) or not isinstance(hour, time):
            return None
        return timezone.make_aware(datetime.combine(day, hour))

    def present_text(self) -> Text | None:
        """Who took part in a bilateral consultation; None for a joint session, where the attendance list says it."""
        return self.cleaned_data.get("present")

    def with_whom(self) -> Institution | None:
        """The institution of a bilateral consultation."""
        key = self.cleaned_data.get("institution")
        return Institution.objects.filter(pk=key).first() if key else None
