"""Forms of one's own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilotage.domain.membership.models import Assignment, User
from pilotage.web.fields import PlainTextField
from pilotage.web.templatetags.pilotage import scope_in_words

LONGEST_DAYS = 366


class HeldChoice(forms.ModelChoiceField):
    """One of one's own roles, with its scope."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_role_display()}: {scope_in_words(obj)}"


class TokenForm(forms.Form):
    """A new access token."""

    label = PlainTextField(label=_("What it is for"), max_length=100)
    assignment = HeldChoice(
        label=_("Role and scope"), queryset=None, help_text=_("The token can do what this role can do, and no more.")
    )
    expires_on = forms.DateField(
        label=_("Expires on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year ahead."),
    )
    may_write = forms.BooleanField(label=_("May write"), required=False, help_text=_("Without this it only reads."))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        held = Assignment.objects.filter(user=user).exclude(valid_until__lt=today).exclude(valid_from__gt=today)
        field = self.fields["assignment"]
        field.queryset = held.select_related(  # type: ignore[attr-defined]
            "programme", "phase", "component", "country", "institution"
        )
        self.fields["expires_on"].initial = today + timedelta(days=180)

    def clean_expires_on(self) -> Any:
        """A day to come, at most a year ahead."""
        day, today = self.cleaned_data["expires_on"], timezone.localdate()
        if not today < day <= today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Choose a day to come, at most a year ahead."))
        return day
