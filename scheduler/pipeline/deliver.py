"""Delivery: the only call that leaves the process."""

from scheduler.pipeline.crew import Crew, Parcel


def deliver(crew: Crew, parcel: Parcel) -> None:
    """What the sender raises passes on: the row stays in state `sending`, and is not sent again blindly."""
    crew.sender.send(parcel.message, parcel.rendered)
