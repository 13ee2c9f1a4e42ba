"""What config and messages come to at this moment: all of it is made anew when they are read anew."""

from collections.abc import Callable

from scheduler.actions.context import Context
from scheduler.actions.directory import NamedDirectory
from scheduler.app.loading import Loaded
from scheduler.pipeline.crew import Crew
from scheduler.policy.opentime import OpenTime
from scheduler.timetable import Job, live_jobs


class Current:
    """`crew` prepares messages, `jobs` recur. `channel_id` finds a channel by its name."""

    def __init__(self, loaded: Loaded, channel_id: Callable[[str], str | None]) -> None:
        self._channel_id = channel_id
        self.replace(loaded)

    def replace(self, loaded: Loaded) -> None:
        """From now on this counts."""
        self.crew = _crew(loaded, self._channel_id)
        self.jobs: tuple[Job, ...] = live_jobs(loaded.settings, self.context.open_time)

    @property
    def context(self) -> Context:
        return self.crew.context


def _crew(loaded: Loaded, channel_id: Callable[[str], str | None]) -> Crew:
    """Only who was named is an ambassador: nobody is written to because of having answered much."""
    settings = loaded.settings
    context = Context(
        settings=settings,
        open_time=OpenTime(settings.calendar),
        directory=NamedDirectory(settings.ambassadors),
    )
    renderer = loaded.messages.bind(workspace_url=settings.workspace.url, channel_id=channel_id)
    return Crew(context=context, renderer=renderer)
