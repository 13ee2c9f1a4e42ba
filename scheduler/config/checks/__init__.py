"""What a file says although each of its values is well formed: steps that are never reached, and the like.

A check runs when the sections that it needs are sound; so most are told in the same run as mistakes of form.
"""

from collections.abc import Callable, Iterable, Iterator

from scheduler.config.checks.calendar import check_calendar
from scheduler.config.checks.channels import check_channels
from scheduler.config.checks.escalation import check_escalation, check_step_ids
from scheduler.config.checks.messages import check_onboarding, check_thanks
from scheduler.config.checks.people import check_people, check_topics
from scheduler.config.checks.privacy import check_privacy
from scheduler.config.checks.quiet import check_quiet
from scheduler.config.checks.stamps import check_stamps
from scheduler.config.sections import Sections
from scheduler.errors import Problem
from scheduler.strictyaml import Document

#: What each check needs, in the order of its arguments.
CHECKS: tuple[tuple[Callable[..., Iterable[Problem]], tuple[str, ...]], ...] = (
    (check_calendar, ("calendar",)),
    (check_channels, ("channels",)),
    (check_stamps, ("stamps",)),
    (check_step_ids, ("escalation",)),
    (check_escalation, ("escalation", "reading", "calendar")),
    (check_people, ("ambassadors", "escalation")),
    (check_topics, ("ambassadors", "channels")),
    (check_quiet, ("limits",)),
    (check_onboarding, ("onboarding", "calendar", "limits")),
    (check_thanks, ("thanks", "calendar", "limits")),
    (check_privacy, ("privacy", "reading", "beginners")),
)


def check(document: Document, sections: Sections) -> Iterator[Problem]:
    """The problems of what the sound sections say together."""
    for checked, needs in CHECKS:
        if all(name in sections for name in needs):
            yield from checked(document, *(sections[name] for name in needs))
