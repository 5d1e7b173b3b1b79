"""What is wrong with a table or a settings file, told in one line that says where."""


class UnusableTable(Exception):
    """An input cannot be planned from. `row` counts as a spreadsheet shows it: in CSV the header is row 1."""

    def __init__(self, file: str, what: str, *, row: int | None = None, column: str | None = None) -> None:
        self.file = file
        self.row = row
        self.column = column
        self.what = what
        places = [file]
        if row is not None:
            places.append(f"row {row}")
        if column is not None:
            places.append(f"column {column}")
        super().__init__(f"{', '.join(places)}: {what}")


class UnusableSettings(Exception):
    """A settings file holds a key or a value that means nothing here."""
