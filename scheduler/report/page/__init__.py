"""The page of a simulation: figures, charts, cases and sample messages, gathered for `scheduler.pages`.

No author is named beside a case; only the sample messages hold what their readers would have read.
"""

from scheduler.report.page.whole import Scene, simulation_page

__all__ = ["Scene", "simulation_page"]
