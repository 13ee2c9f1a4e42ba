"""A table for a terminal of any width: columns where there is room, one line below the other where not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scheduler.report.wrapping import wrap

#: What a cell shows that holds nothing, where an empty one would look forgotten.
NOTHING = "·"
#: A column of words may become as narrow as this before the table is laid out another way.
_NARROWEST = 14
_GAP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`is_number`: set to the right. `is_whole`: never broken, as no number is. `is_name`: broken last."""

    head: str
    is_number: bool = False
    is_whole: bool = False
    is_name: bool = False

    @property
    def may_break(self) -> bool:
        return not (self.is_number or self.is_whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of plain text under a title. A row may end early; what it lacks stays empty."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default=())


def print_title(console: Console, title: str) -> None:
    console.print()
    print_text(console, title, style="bold")


def print_text(console: Console, text: str, *, style: str = "", indent: str = "") -> None:
    """A paragraph, broken at the width of the console."""
    for line in wrap(text, console.width, indent=indent):
        _print_line(console, Text(line, style=style))


def print_hanging(console: Console, head: str, text: str, *, style: str = "") -> None:
    """A paragraph beside its head; further lines stand below the text."""
    for number, line in enumerate(wrap(text, console.width - cell_len(head))):
        beside = head if number == 0 else " " * cell_len(head)
        _print_line(console, Text.assemble((beside, "dim"), (line, style)))


def print_sheet(console: Console, sheet: Sheet, *, separator: str) -> None:
    """`separator` stands between the cells of a row that is told in a line."""
    if sheet.title:
        print_title(console, sheet.title)
    widths = _widths(sheet, console.width)
    if widths:
        _print_table(console, _table(sheet, widths))
    else:
        _print_stacked(console, sheet, separator)
    for note in sheet.notes:
        print_text(console, note, style="dim")


def _print_line(console: Console, line: Text) -> None:
    """As it is: a word that is too long, such as an address, is left to the terminal."""
    line.rstrip()
    console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _print_table(console: Console, table: Table) -> None:
    """Line by line, without the blanks that fill the last column."""
    for segments in console.render_lines(table, pad=False):
        _print_line(console, Text.assemble(*((each.text, each.style or "") for each in segments)))


def _widths(sheet: Sheet, room: int) -> Sequence[int]:
    """The width of each column; the widest of words give way first, names last. Nothing without room."""
    widths = [_widest(sheet, number) for number in range(len(sheet.columns))]
    breakable = [number for number, column in enumerate(sheet.columns) if column.may_break]
    while sum(widths) + _GAP * (len(widths) - 1) > room:
        giving = [number for number in breakable if widths[number] > _NARROWEST]
        if not giving:
            return ()
        widths[min(giving, key=lambda number: (sheet.columns[number].is_name, -widths[number]))] -= 1
    return widths


def _widest(sheet: Sheet, number: int) -> int:
    head = sheet.columns[number].head.split("\n")
    return max(map(cell_len, (*head, *(row[number] for row in sheet.rows if len(row) > number))))


def _table(sheet: Sheet, widths: Sequence[int]) -> Table:
    # the box itself puts one blank between columns
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    for column, width in zip(sheet.columns, widths, strict=True):
        table.add_column(
            _cell(column.head, width),
            justify="right" if column.is_number else "left",
            width=width,
            no_wrap=True,
        )
    for row in sheet.rows:
        table.add_row(*(_cell(cell, width) for cell, width in zip(row, widths, strict=False)))
    return table


def _cell(cell: str, width: int) -> Text:
    fits = all(cell_len(line) <= width for line in cell.split("\n"))
    return Text(cell if fits else "\n".join(wrap(cell, width)))


def _print_stacked(console: Console, sheet: Sheet, separator: str) -> None:
    for row in sheet.rows:
        print_text(console, row[0].strip(), style="bold")
        cells = (
            f"{_in_one_line(column.head)} {cell}"
            for column, cell in zip(sheet.columns[1:], row[1:], strict=False)
            if cell not in ("", NOTHING)
        )
        print_text(console, separator.join(cells), indent="  ")


def _in_one_line(head: str) -> str:
    """Japanese has no blanks where a line ends."""
    return head.replace("\n", " " if head.isascii() else "")
