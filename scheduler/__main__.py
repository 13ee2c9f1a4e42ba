"""`python -m scheduler` is the command `ambassador`."""

from scheduler.cli import main

main()
