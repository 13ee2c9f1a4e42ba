"""The admins' files: whether they can be used, and whether there are some that nobody reads."""

from collections.abc import Iterator

from scheduler.doctor.facts import Facts, Files, Part
from scheduler.doctor.finding import Check, Finding, failed, passed, skipped, some, warned
from scheduler.errors import Problem


def check_files(facts: Facts) -> Iterator[Finding]:
    files, program = facts.files, facts.program
    yield passed(
        Check.PROGRAM, "doctor.program",
        version=program.version, python=program.python, sqlite=program.sqlite,
    )  # fmt: skip
    yield _broken(files, Part.CONFIG) or _config(files)
    yield _mode(facts)
    yield _broken(files, Part.MESSAGES) or passed(
        Check.MESSAGES, "doctor.messages", count=files.messages_count, folder=files.messages_folder
    )
    yield _broken(files, Part.PHRASES) or _phrases(files)
    yield _names(files)


def _config(files: Files) -> Finding:
    if not files.is_own:
        return warned(Check.CONFIG, "doctor.config_shipped")
    return passed(Check.CONFIG, "doctor.config", file=files.config)


def _mode(facts: Facts) -> Finding:
    if facts.settings is None:
        return skipped(Check.MODE, "doctor.needs_config")
    return passed(Check.MODE, f"doctor.mode_{facts.settings.mode.value}")


def _phrases(files: Files) -> Finding:
    if files.phrases is None:
        return passed(Check.PHRASES, "doctor.phrases", count=files.phrases_count)
    return passed(Check.PHRASES, "doctor.own_phrases", count=files.phrases_count, file=files.phrases)


def _names(files: Files) -> Finding:
    if files.strays:
        return warned(Check.FILE_NAMES, "doctor.strays", files=some(files.strays))
    return passed(Check.FILE_NAMES, "doctor.no_strays")


def _broken(files: Files, part: Part) -> Finding | None:
    problems = files.problems.get(part, ())
    if not problems:
        return None
    check, place = Check(part.value), _place(problems[0])
    if len(problems) == 1:
        return failed(check, "doctor.problem", place=place)
    return failed(check, "doctor.problems", count=len(problems), place=place)


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
