"""Delivery: the only call that leaves the process."""

from scheduler.pipeline.crew import Crew, Parcel


def deliver(crew: Crew, parcel: Parcel) -> None:
    assert parcel.rendered is not None, "render comes before deliver"
    crew.sender.send(parcel.message, parcel.rendered)
