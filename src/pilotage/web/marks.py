"""Two people at one small record that counts no versions: the second is told what the first changed, and keeps it all.

The form carries how far the record was known when it was opened; what is sent is refused where it was changed since.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pilotage.kit.changes import StaleRecord
from pilotage.kit.records import Record, mark_of, require_unchanged
from pilotage.kit.texts import wording
from pilotage.web.changes.reading import Names, in_reader_words
from pilotage.web.templatetags.pilotage import reader_language

MARK = "mark"


def carry_mark(form: forms.Form, record: Record) -> None:
    """Gives ``form`` the hidden field. ``record`` is read anew in this request."""
    field = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form.fields[MARK] = field
    if not form.is_bound:
        form.initial[MARK] = mark_of([record])


def require_known(form: forms.Form, record: Record) -> None:
    """Raises StaleRecord where ``record`` was changed since the valid ``form`` was opened; takes the mark out of it."""
    mark = form.cleaned_data.pop(MARK, None)
    if mark is not None:
        require_unchanged([record], mark)


def tell(form: forms.Form, record: Record, stale: StaleRecord) -> None:
    """Says what the other changed, beside the fields where the form has them; the next save goes over it."""
    form.add_error(
        None,
        _("%(name)s saved this meanwhile. What you typed is still below; saving again puts it in place of theirs.")
        % {"name": stale.by},
    )
    fields: dict[str, Any] = {field.attname: field for field in record._meta.concrete_fields}
    for name in stale.theirs.keys() & fields.keys():
        field = fields[name]
        now = getattr(record, field.name)
        if field.is_relation:
            said = wording(getattr(now, "name", {}), reader_language()) if now is not None else ""
        else:
            said = in_reader_words(field, getattr(record, field.attname), Names(()))
        message = _("%(label)s is now: %(value)s") % {"label": field.verbose_name, "value": said or _("nothing")}
        form.add_error(field.name if field.name in form.fields else None, message)
    form.data = {**{name: form.data[name] for name in form.data}, MARK: mark_of([record])}  # type: ignore[assignment]
