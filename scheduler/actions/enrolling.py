"""Enrolling a new member in the onboarding journey."""

from scheduler.actions.context import Context
from scheduler.policy.journeys import JOIN_IS_KNOWN, welcome_due, welcome_key
from scheduler.ports import Work


def enrol(work: Work, context: Context, member: str) -> None:
    """Once for each member whose joining is known; a better known time of joining moves what still waits."""
    known = work.members.get(member)
    onboarding = context.settings.onboarding
    if known.joined_at is None or known.join_source not in JOIN_IS_KNOWN or not onboarding.steps:
        return
    step = onboarding.steps[0]
    key = welcome_key(team=work.team, member=member, journey=onboarding.journey, enrolment=1, step=step.id)
    due_at = welcome_due(
        known.joined_at, step=step, onboarding=onboarding, open_time=context.open_time, jitter_key=key
    )
    work.enrolments.start(member, onboarding.journey, step.id, due_at)
