"""A table for a terminal of any width: columns where there is room, one line below the other where not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scheduler.report.wrapping import wrap

#: A column of words may become as narrow as this before the table is laid out another way.
_NARROWEST = 14
_GAP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`is_number`: set to the right. `is_whole`: never broken, as no number is."""

    head: str
    is_number: bool = False
    is_whole: bool = False

    @property
    def may_break(self) -> bool:
        return not (self.is_number or self.is_whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of plain text under a title. A row with one cell only is the heading of those below."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())


def print_title(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"), overflow="fold")


def print_text(console: Console, text: str, *, style: str = "", indent: str = "") -> None:
    """A paragraph, broken at the width of the console."""
    for line in wrap(text, console.width, indent=indent):
        console.print(Text(line, style=style), no_wrap=True, overflow="ignore", crop=False)


def print_sheet(console: Console, sheet: Sheet) -> None:
    if sheet.title:
        print_title(console, sheet.title)
    if _least_width(sheet) <= console.width:
        console.print(_table(sheet))
    else:
        _print_stacked(console, sheet)
    for note in sheet.notes:
        print_text(console, note, style="dim")


def _least_width(sheet: Sheet) -> int:
    widths = 0
    for number, column in enumerate(sheet.columns):
        cells = [*column.head.split("\n"), *(row[number] for row in sheet.rows if len(row) > number)]
        widest = max(map(cell_len, cells))
        widths += (min(widest, _NARROWEST) if column.may_break else widest) + _GAP
    return widths


def _table(sheet: Sheet) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP, 0, 0))
    for column in sheet.columns:
        table.add_column(
            Text(column.head),
            justify="right" if column.is_number else "left",
            no_wrap=not column.may_break,
            overflow="fold",
        )
    for row in sheet.rows:
        style = "bold" if len(row) == 1 else ""
        table.add_row(*(Text(cell, style=style) for cell in row))
    return table


def _print_stacked(console: Console, sheet: Sheet) -> None:
    for row in sheet.rows:
        print_text(console, row[0].strip(), style="bold")
        cells = (
            f"{' '.join(column.head.split())} {cell}"
            for column, cell in zip(sheet.columns[1:], row[1:], strict=False)
            if cell
        )
        print_text(console, " · ".join(cells), indent="  ")
