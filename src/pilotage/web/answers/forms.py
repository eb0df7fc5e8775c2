"""Forms of the coordinator's side: contacts, links, returned files, paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pilotage.exchange.answers.codes import LENGTH
from pilotage.web.activities.forms import DayField
from pilotage.web.fields import PlainTextField


class ContactForm(forms.Form):
    """Whom to write to."""

    name = PlainTextField(label=_("Name"), max_length=200)
    position = PlainTextField(label=_("Position"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("ru", "Русский"), ("en", "English")], initial="ru",
        help_text=_("Mails and the agency's page are in this language."),
    )  # fmt: skip
    active = forms.BooleanField(label=_("Receives reminders; links work"), required=False, initial=True)


class LinkForm(forms.Form):
    """A new personal link."""

    expires_on = DayField(label=_("Works until"), help_text=_("Left empty, as the phase's settings say."))


class ReturnForm(forms.Form):
    """A workbook or a Word form that came back."""

    file = forms.FileField(label=_("Workbook or Word form"), max_length=200)


class PaperRowForm(forms.Form):
    """One line typed from paper."""

    code = forms.CharField(
        label=_("Code"), required=False, max_length=LENGTH + 12,
        widget=forms.TextInput(attrs={"class": "paper-code", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    words = forms.CharField(label=_("In their words"), required=False, max_length=3000)
    implementation_due = DayField(label=_("To be implemented by"))
    evidence = forms.CharField(label=_("Evidence"), required=False, max_length=2000)


class ScanForm(forms.Form):
    """What belongs to the whole sheet."""

    scan = forms.FileField(label=_("Scan or photo of the sheet (PDF, JPEG, PNG)"), max_length=200)
    answered_on = DayField(label=_("Date on the sheet"), help_text=_("Left empty, today."))
