"""Why a text cannot be rendered, inside `templates/`. Outside it is a Problem or a RenderFailed."""


class Unfit(Exception):
    """Carries the code of a sentence in the catalogue, and what fills it."""

    def __init__(self, code: str, *, word: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.word = word  #: where in the text to point, when that is known
        self.values = {name: str(value) for name, value in values.items()}
