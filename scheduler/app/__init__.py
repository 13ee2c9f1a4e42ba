"""The composition root: it alone knows the concrete classes, and hands them to each other.

Where to begin:

- what every command starts with: `loading`, `tokens`, `logs` and `loglines`
- `ambassador run`: `lifetime` is the process, `running` its life by the real clock; `service` also serves
  the demo and the tests, by a clock of theirs
    - put together by `service`: `premises` (with `access`, `opening`, `locking` and `duty`), `arrival`,
      `assembling`, `hearing`, `current`, `missed`, `onlookers`
    - kept going by `running`: `ticking` wakes `loops`, each does one of the `chores`; `rereading` and
      `reloading` bring a new config, `telling` speaks to the admins, `seen` keeps count, `waiting` lets time
      pass, `ending` stops it
- one module puts each other command together: `backfilling`, `backing` (backup and restore), `demo`,
  `examining` (doctor), `explaining`, `importing`, `inquiring` (healthcheck), `practising` (sandbox),
  `simulation` (with `places`)
"""
