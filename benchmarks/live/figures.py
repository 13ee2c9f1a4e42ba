"""What is printed: each figure beside its goal, and whether it is met."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line. `told` is what was measured, in words; `value` is compared with `goal`, when there is one.

    `at_least`: the goal is a floor, else a ceiling.
    """

    what: str
    told: str
    value: float
    unit: str = "x"
    goal: float | None = None
    at_least: bool = True

    @property
    def is_met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        goal = f"{bound} {self.goal:g} {self.unit}" if self.goal is not None else "no goal"
        verdict = "" if self.goal is None else ", met" if self.is_met else ", MISSED"
        return f"{self.what}\n    {self.told}\n    {self.value:.2f} {self.unit} ({goal}{verdict})"
