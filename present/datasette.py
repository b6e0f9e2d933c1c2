"""What Datasette is told of a store, in the language spoken: the views with their columns, and ready-made queries."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from ..store.views import views
from .language import words

_FILE: Final = Path(__file__).with_name("datasette.toml")


def metadata(database: str) -> dict[str, Any]:
    """The metadata file (JSON) of a store that Datasette calls `database`: its file's name without the ending."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    tables = {
        view.name: {
            "title": view.name,
            "description": words(view.about),
            "columns": {name: words(meaning) for name, meaning in view.columns.items()},
        }
        for view in views()
    }
    queries = {
        query["name"]: {"title": words(query["title"]), "description": words(query["description"]), "sql": query["sql"].strip()}
        for query in told["queries"]
    }
    about = words(told["description"])
    return {"title": told["title"], "description": about, "databases": {database: {"tables": tables, "queries": queries}}}
