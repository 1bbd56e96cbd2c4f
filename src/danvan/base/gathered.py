"""Many small values of other rows in one column of this one, so that they need no query of their own."""

from typing import Any

from django.db.models import Aggregate, TextField


class Gathered(Aggregate):
    """The values of a column as one text, parted by commas, in no order; NULL where there is none."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **more)


def numbers_in(gathered: str | None) -> list[int]:
    """What `Gathered` gathered of a column of numbers, in order."""
    return sorted(int(each) for each in gathered.split(",")) if gathered else []
