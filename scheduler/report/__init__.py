"""What a simulation brought: figures, records, tables and the story of the sample community.

It counts and shows, and decides nothing. Members are named on a terminal, never in a file.
"""

from scheduler.report.asread import as_read
from scheduler.report.document import SCHEMA, write_json
from scheduler.report.fates import Story
from scheduler.report.figures import Figures, figure_out
from scheduler.report.history import FactCount, History
from scheduler.report.period import Period, local_period
from scheduler.report.results import MessageLine, Names, Noticed, Results, Sighting, reported
from scheduler.report.story import tell_story
from scheduler.report.tables import show_figures

__all__ = [
    "SCHEMA",
    "FactCount",
    "Figures",
    "History",
    "MessageLine",
    "Names",
    "Noticed",
    "Period",
    "Results",
    "Sighting",
    "Story",
    "as_read",
    "figure_out",
    "local_period",
    "reported",
    "show_figures",
    "tell_story",
    "write_json",
]
