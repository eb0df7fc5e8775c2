"""Finding who stands behind a key."""

from django.utils import timezone

from pilotage.domain.membership.models import AccessToken
from pilotage.domain.membership.viewers import Viewer


def token_for(secret: str) -> AccessToken | None:
    """The token whose key is ``secret``, where it is neither expired nor revoked and its user may sign in."""
    return (
        AccessToken.objects.select_related("assignment__programme", "assignment__phase", "assignment__user")
        .filter(
            digest=AccessToken.digest_of(secret),
            revoked_at=None,
            expires_on__gte=timezone.localdate(),
            user__is_active=True,
        )
        .first()
    )


def viewer_for(secret: str) -> Viewer | None:
    """The viewer that acts by the key ``secret``, narrowed to the token's role and scope."""
    token = token_for(secret)
    return Viewer.narrowed_to(token.assignment) if token else None
