"""Foreign keys over several columns: what a row names must belong to the same owner as the row itself."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class SameOwner(models.BaseConstraint):
    """`fields` of a row together name one row of `to`, by columns that are unique there; with one of them NULL they
    name none. The database refuses anything else, so that no file of one matter hangs on a point of another.
    """

    def __init__(self, *, fields: Sequence[str], to: str, to_fields: Sequence[str], name: str) -> None:
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:  # fmt: skip
        own_table, editor = _both(model, schema_editor)
        other: type[models.Model] = own_table._meta.apps.get_model(self.to)
        own = ", ".join(editor.quote_name(column) for column in _columns(own_table, self.fields))
        there = ", ".join(editor.quote_name(column) for column in _columns(other, self.to_fields))
        return (
            f"CONSTRAINT {editor.quote_name(self.name)} FOREIGN KEY ({own}) "
            f"REFERENCES {editor.quote_name(other._meta.db_table)} ({there}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:  # fmt: skip
        own_table, editor = _both(model, schema_editor)
        return f"ALTER TABLE {editor.quote_name(own_table._meta.db_table)} ADD {self.constraint_sql(model, editor)}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:  # fmt: skip
        own_table, editor = _both(model, schema_editor)
        table, name = (editor.quote_name(each) for each in (own_table._meta.db_table, self.name))
        return f"ALTER TABLE {table} DROP CONSTRAINT {name}"

    def validate(self, *_args: Any, **_more: Any) -> None:
        """Asked of the database alone."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameOwner) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.fields, self.to))

    def deconstruct(self) -> Any:
        path, args, given = super().deconstruct()
        return path, args, given | {"fields": self.fields, "to": self.to, "to_fields": self.to_fields}


def _both(
    model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
) -> tuple[type[models.Model], BaseDatabaseSchemaEditor]:  # fmt: skip
    """Django's own signatures allow for neither; it never leaves one out."""
    assert model is not None and schema_editor is not None  # noqa: S101, PT018 -- for the type checker
    return model, schema_editor


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    return [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]
