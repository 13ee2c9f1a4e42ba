"""Whether what Slack says is meant for this app in this workspace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The workspace's id and, where it is known, the app's."""

    team: str
    app: str | None = None

    def is_meant(self, payload: Mapping[str, Any]) -> bool:
        """Some shortcuts do not name the app; every payload names the workspace."""
        app = payload.get("api_app_id")
        is_ours = self.app is None or app is None or app == self.app
        return is_ours and self.team in _teams(payload)

    def is_for_others(self, payload: Mapping[str, Any]) -> bool:
        """It names workspaces, and not ours: over a socket comes what any installation of the app is told."""
        if payload.get("team_id") == self.team:
            return False
        named = {team for team in _teams(payload) if isinstance(team, str)}
        return bool(named) and self.team not in named


def _teams(payload: Mapping[str, Any]) -> Iterator[object]:
    """In a channel shared with others, `team_id` may be theirs; `authorizations` says who is told."""
    yield payload.get("team_id")
    for whole, part in (("team", "id"), ("user", "team_id")):
        told = payload.get(whole)
        if isinstance(told, Mapping):
            yield told.get(part)
    installed = payload.get("authorizations")
    for each in installed if isinstance(installed, list) else ():
        if isinstance(each, Mapping):
            yield each.get("team_id")
