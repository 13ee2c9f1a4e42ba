"""Two runs over the same history, side by side. It counts and shows, and decides nothing."""

from scheduler.report.compare.pairs import Comparison, compare
from scheduler.report.compare.records import SCHEMA, write_comparison
from scheduler.report.compare.show import show_comparison
from scheduler.report.compare.side import Side, side_of

__all__ = ["SCHEMA", "Comparison", "Side", "compare", "show_comparison", "side_of", "write_comparison"]
