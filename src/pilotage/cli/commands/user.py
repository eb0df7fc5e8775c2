"""Adds people, gives them roles and sets passwords. The same can be done on the settings page."""

import argparse
import getpass
import sys

from pilotage.cli.folder import start_django
from pilotage.cli.main import CommandError

EXAMPLES = """
examples:
  pilotage user add a.lead@example.org --name "A. Lead" --role CL --phase bomca-10 --component 2
  pilotage user role a.lead@example.org --role ME --phase bomca-10
  pilotage user role a.lead@example.org --role PM --phase bomca-10 --whole-programme
  pilotage user password a.lead@example.org
  pilotage user list

The password is asked for, or read from standard input where that is not a terminal.
Roles: PM CL NC ME PO GO CO FI CP GR EUD SM, as in docs/reference/permissions.md.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("what", choices=["add", "role", "password", "list"], help="what to do")
    parser.add_argument("email", nargs="?", help="the person's e-mail address")
    parser.add_argument("--name", default="", help="the person's name")
    parser.add_argument("--language", choices=["en", "ru"], default="en", help="language of pages and mails")
    parser.add_argument("--role", help="a role to give, for example CL")
    parser.add_argument("--phase", help="code of the phase in which the role is held")
    parser.add_argument(
        "--whole-programme", action="store_true", help="hold the role in every phase of that phase's programme"
    )
    parser.add_argument("--component", help="number of the component, for a component lead")
    parser.add_argument("--country", help="code of the country, for a national coordinator")
    parser.add_argument("--institution", help="code of the institution, for a counterpart or grantee")


def run(options: argparse.Namespace) -> int:
    """Does it."""
    start_django()
    from django.core.exceptions import ValidationError

    try:
        return _run(options)
    except ValidationError as error:
        raise CommandError("; ".join(error.messages)) from None


def _run(options: argparse.Namespace) -> int:
    from pilotage.domain.membership.models import User
    from pilotage.domain.membership.operations import add_user, set_password
    from pilotage.kit.actors import SystemActor
    from pilotage.kit.changes import operation

    by = SystemActor(f"{getpass.getuser()} (command line)")
    if options.what == "list":
        for user in User.objects.prefetch_related("assignments__phase", "assignments__programme"):
            roles = ", ".join(f"{held.role} {(held.phase or held.programme).code}" for held in user.assignments.all())
            print(f"{user.email:36} {user.name:30} {roles}")
        return 0
    if not options.email:
        raise CommandError("give the person's e-mail address")
    with operation(f"{options.what} user", by=by):
        if options.what == "add":
            user = add_user(
                by=by, email=options.email, name=options.name, password=_password(), language=options.language
            )
        else:
            known = User.objects.filter(email__iexact=options.email).first()
            if known is None:
                raise CommandError(f"nobody has the address {options.email}")
            user = known
            if options.what == "password":
                set_password(by=by, user=user, password=_password())
        if options.role:
            _give_role(by, user, options)
        elif options.what == "role":
            raise CommandError("give the role with --role")
    print(f"{user.email}: done")
    return 0


def _give_role(by, user, options: argparse.Namespace) -> None:
    from django.utils import timezone

    from pilotage.domain.membership.operations import assign_role
    from pilotage.domain.parties.models import Institution
    from pilotage.domain.programme.models import Component, Phase

    phase = Phase.objects.select_related("programme").filter(code=options.phase or "").first()
    if phase is None:
        raise CommandError(
            f"no phase {options.phase!r}; there are {', '.join(Phase.objects.values_list('code', flat=True))}"
        )
    component = institution = None
    if options.component:
        component = Component.objects.filter(phase=phase, number=options.component).first()
        if component is None:
            raise CommandError(f"{phase.code} has no component {options.component}")
    if options.institution:
        institution = Institution.objects.filter(code=options.institution).first()
        if institution is None:
            raise CommandError(f"no institution has the code {options.institution}")
    assign_role(
        by=by,
        user=user,
        values={
            "role": options.role.upper(),
            "programme": phase.programme,
            "phase": None if options.whole_programme else phase,
            "component": component,
            "country_id": options.country.upper() if options.country else None,
            "institution": institution,
            "valid_from": timezone.localdate(),
        },
    )


def _password() -> str:
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not password:
        raise CommandError("the password is empty")
    return password
