"""Words in a folded column, found by each engine's own index. Nothing outside this file asks which engine it is.

PostgreSQL keeps a stored `tsvector` beside the column under GIN; its statistics let the planner choose between the
index and a walk over the newest rows. SQLite keeps a contentless FTS5 table, filled by triggers; a table of keys gives
each row a number of its own, because VACUUM re-numbers the rows of a table whose key is a UUID.

Words are matched whole: the folded column holds syllables, and a beginning such as `d*` would visit half the index.
"""

from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q

from danvan.rules.text import words

COMMON = 0.006
"""Words in a greater share of the rows are common; PostgreSQL takes any it has no figures for to be in 0.005."""
MOST_WORDS = 12


@dataclass(frozen=True)
class TextIndex:
    """The index of one folded column of a table whose key is `id`."""

    table: str
    column: str

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Makes the index, and makes it again where it was lost; leaves a sound one alone.

        Run after every migrate: SQLite drops the triggers of a table whenever a migration re-makes the table.
        """
        statements = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite" and _has_trigger(cursor, f"{self.table}_{self.column}_new"):
                return
            for statement in statements:
                cursor.execute(statement.format(table=self.table, column=self.column))

    def is_common(self, typed: str, connection: BaseDatabaseWrapper) -> bool:
        """Whether each of these words is in so many rows that the newest with all of them may be near at hand.

        Asks the planner what it expects of each alone: of several together it knows nothing, and takes words that
        always stand together to be next to never there. SQLite holds no lists long enough for it to matter.
        """
        if connection.vendor != "postgresql":
            return False
        every = f"SELECT 1 FROM {self.table}"  # noqa: S608 -- the name of our own table
        having, wanted = f"{every} WHERE {self.column}_words @@ to_tsquery('simple', %s)", _wanted(typed)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {' UNION ALL '.join([every, *[having] * len(wanted)])}", wanted)
            plan = cursor.fetchone()[0][0]["Plan"]
        rows, *words_rows = [float(part["Plan Rows"]) for part in plan.get("Plans", [plan])]
        return bool(words_rows) and min(words_rows) > COMMON * rows

    def has(self, typed: str) -> Q:
        """Over the rows of the table: every word typed is there, in any order; where no word was typed, nothing is."""
        wanted = _wanted(typed)
        return Q(_Found(self, wanted)) if wanted else Q(pk__in=[])


class _Found(Func):
    output_field = BooleanField()
    conditional = True

    def __init__(self, index: TextIndex, wanted: list[str]) -> None:
        super().__init__(F(index.column))
        self.index, self.wanted = index, wanted

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[str]]:
        del connection
        sql = f"{self._alias(compiler)}.{self.index.column}_words @@ to_tsquery('simple', %s)"
        return sql, (" & ".join(self.wanted),)

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[str]]:
        del connection
        sql = _FOUND.format(alias=self._alias(compiler), table=self.index.table, column=self.index.column)
        return sql, (" ".join(f'"{word}"' for word in self.wanted),)

    def _alias(self, compiler: Any) -> str:
        (column,) = self.get_source_expressions()
        return str(compiler.quote_name_unless_alias(column.alias))


def _wanted(typed: str) -> list[str]:
    return words(typed)[:MOST_WORDS]


_FOUND = """{alias}.id IN (
  SELECT k.id FROM {table}_{column}_words w JOIN {table}_{column}_key k ON k.row = w.rowid
  WHERE {table}_{column}_words MATCH %s)"""


def _has_trigger(cursor: Any, name: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = %s", [name])
    return cursor.fetchone() is not None


_POSTGRESQL = (
    """ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column}_words tsvector
       GENERATED ALWAYS AS (to_tsvector('simple', {column})) STORED""",
    "CREATE INDEX IF NOT EXISTS {table}_{column}_words ON {table} USING gin ({column}_words) WITH (fastupdate = off)",
)
_SQLITE = (
    "CREATE TABLE IF NOT EXISTS {table}_{column}_key (row integer PRIMARY KEY, id char(32) NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE IF NOT EXISTS {table}_{column}_words USING fts5(
       {column}, content = '', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
    """CREATE TRIGGER {table}_{column}_new AFTER INSERT ON {table} BEGIN
         INSERT INTO {table}_{column}_key (id) VALUES (new.id);
         INSERT INTO {table}_{column}_words (rowid, {column})
           SELECT row, new.{column} FROM {table}_{column}_key WHERE id = new.id;
       END""",
    """CREATE TRIGGER {table}_{column}_changed AFTER UPDATE OF {column} ON {table} BEGIN
         INSERT INTO {table}_{column}_words ({table}_{column}_words, rowid, {column})
           SELECT 'delete', row, old.{column} FROM {table}_{column}_key WHERE id = old.id;
         INSERT INTO {table}_{column}_words (rowid, {column})
           SELECT row, new.{column} FROM {table}_{column}_key WHERE id = new.id;
       END""",
    """CREATE TRIGGER {table}_{column}_gone AFTER DELETE ON {table} BEGIN
         INSERT INTO {table}_{column}_words ({table}_{column}_words, rowid, {column})
           SELECT 'delete', row, old.{column} FROM {table}_{column}_key WHERE id = old.id;
         DELETE FROM {table}_{column}_key WHERE id = old.id;
       END""",
    "DELETE FROM {table}_{column}_key WHERE id NOT IN (SELECT id FROM {table})",
    """INSERT INTO {table}_{column}_key (id)
       SELECT id FROM {table} WHERE id NOT IN (SELECT id FROM {table}_{column}_key)""",
    "INSERT INTO {table}_{column}_words ({table}_{column}_words) VALUES ('delete-all')",
    """INSERT INTO {table}_{column}_words (rowid, {column})
       SELECT k.row, t.{column} FROM {table}_{column}_key k JOIN {table} t ON t.id = k.id""",
)
