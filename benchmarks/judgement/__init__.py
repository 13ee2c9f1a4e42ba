"""How good the judgement is, on a real history and hand labels; `make judgement` prints it."""
