"""Taking a name out of the register for ever."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pilotage.domain.activities.erasure import pseudonymise_person
from pilotage.domain.activities.persons import require_reach
from pilotage.domain.activities.readings import PersonsReading, note_reading
from pilotage.domain.programme.models import Phase
from pilotage.kit.changes import StaleRecord
from pilotage.web.activities.forms import add_problems
from pilotage.web.pages import PageRequest, phase_page, signed_in_page
from pilotage.web.people.forms import ErasureForm
from pilotage.web.people.views import acting, found_person


@phase_page
@signed_in_page
def pseudonymise(request: PageRequest, phase: Phase, key: str) -> HttpResponseBase:
    """What goes, what stays, and the confirmation."""
    viewer = request.viewer
    person = found_person(request, phase, key)
    require_reach(viewer, person)
    form = ErasureForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            pseudonymise_person(
                by=acting(viewer),
                viewer=viewer,
                person=person,
                version=given["version"],
                why=given["why"],
            )
        except ValidationError as refusal:
            add_problems(form, refusal)
        except StaleRecord as stale:
            form.data = {**request.POST.dict(), "version": str(person.version)}
            form.add_error(
                None,
                _("%(person)s changed this entry meanwhile. Look at it again, then confirm.") % {"person": stale.by},
            )
        else:
            messages.success(request, _("The name is taken out. The key stays, and every count with it."))
            return redirect("people:person", phase.code, person.key)
    note_reading(viewer=viewer, phase=phase, what=PersonsReading.What.PERSON, persons=1, record=person.key)
    context = {"person": person, "form": form, "lines": person.attendances.count()}
    return render(request, "people/pseudonymise.html", context, status=422 if form.errors else 200)
