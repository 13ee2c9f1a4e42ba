"""HTML and SVG that reports, previews and stand-ins share: plain values in, a finished page out.

It decides nothing and reads nothing: no SQL, no policy, no clock, no file but its own layouts. Whatever
people wrote is escaped here, and nothing on a page asks for anything from elsewhere.
"""

from scheduler.pages.bars import Bar, bars
from scheduler.pages.blocks import blocks_to_html
from scheduler.pages.chart import Chart, Key, Table
from scheduler.pages.columns import Limit, Series, columns
from scheduler.pages.drawing import Drawing
from scheduler.pages.heat import heat
from scheduler.pages.lengths import Length, Line, lengths
from scheduler.pages.simulation import (
    CaseGroup,
    CaseRow,
    Headline,
    MessageCard,
    SimulationPage,
    Tile,
    render_simulation,
)
from scheduler.pages.slackmarkup import Called, slack_to_html

__all__ = [
    "Bar",
    "Called",
    "CaseGroup",
    "CaseRow",
    "Chart",
    "Drawing",
    "Headline",
    "Key",
    "Length",
    "Limit",
    "Line",
    "MessageCard",
    "Series",
    "SimulationPage",
    "Table",
    "Tile",
    "bars",
    "blocks_to_html",
    "columns",
    "heat",
    "lengths",
    "render_simulation",
    "slack_to_html",
]
