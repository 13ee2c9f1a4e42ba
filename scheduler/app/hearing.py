"""Which way the service hears Slack: what the config chose."""

from collections.abc import Callable

from scheduler.app.access import Access
from scheduler.app.arrival import Identity
from scheduler.clock import SystemClock
from scheduler.settings import Receive as By
from scheduler.settings import Service as Settings
from scheduler.slack.client import Web
from scheduler.slack.ears.addressee import Addressee
from scheduler.slack.ears.ear import Ear, Receive
from scheduler.slack.ears.http import HttpEar
from scheduler.slack.ears.socket import SocketEar
from scheduler.slack.patience import Patience


def ear_for(
    settings: Settings,
    access: Access,
    web: Web,
    identity: Identity,
    receive: Receive,
    *,
    missed: Callable[[float], None],
    patience: Patience,
) -> Ear:
    """It hears nothing yet. `missed` is told for how many seconds Slack could not be heard."""
    addressee = Addressee(team=identity.team, app=identity.app)
    if settings.receive is By.HTTP and access.signing_secret:
        secret, clock = access.signing_secret, SystemClock()
        return HttpEar(settings.listen, secret, addressee, receive, missed=missed, clock=clock)
    if settings.receive is By.SOCKET and access.app:
        return SocketEar(web, access.app, addressee, receive, missed=missed, patience=patience)
    raise RuntimeError(f"nothing lets us in by {settings.receive}")
