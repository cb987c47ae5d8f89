#!/usr/bin/env python3
"""DuckDB and pandas on a case as tables: `python3 benches/columns.py DIR`, where `evigraph export parquet CASE DIR` wrote DIR.

Needs the packages duckdb, pandas and pyarrow. Every answer is asked of both, and they have to agree.
"""

import json
import sys
import time
from pathlib import Path

import duckdb
import pandas


def main(folder: Path) -> None:
    manifest = json.loads((folder / "case.json").read_text())
    print(f"{manifest['title']}: {manifest['format']} {manifest['version']}")
    database = duckdb.connect()
    for table, rows in manifest["rows"].items():
        database.execute(f"CREATE VIEW \"{table}\" AS FROM '{folder / table}.parquet'")
        found = database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        assert found == rows, f"{table}: {found} rows, and {rows} in case.json"
    tables = {table: pandas.read_parquet(folder / f"{table}.parquet") for table in manifest["rows"]}
    evidence, documents = tables["evidence"], tables["documents"]

    def ask(what: str, sql: str, frame) -> None:
        start = time.perf_counter()
        of_duckdb = database.execute(sql).df()
        between = time.perf_counter()
        of_pandas = frame()
        end = time.perf_counter()
        same = of_duckdb.reset_index(drop=True).values.tolist() == of_pandas.reset_index(drop=True).values.tolist()
        assert same, f"{what}:\n{of_duckdb}\n{of_pandas}"
        print(f"\n{what} (DuckDB {between - start:.3f} s, pandas {end - between:.3f} s)\n{of_duckdb.to_string(index=False)}")

    ask(
        "links by effect",
        "SELECT effect, count(*) AS links, max(strength) AS strongest FROM evidence GROUP BY effect ORDER BY effect",
        lambda: evidence.groupby("effect").agg(links=("strength", "size"), strongest=("strength", "max")).reset_index(),
    )
    ask(
        "the documents that most links come from",
        'SELECT "from" AS id, title, count(*) AS links FROM evidence JOIN documents ON "from" = id '
        "GROUP BY ALL ORDER BY links DESC, id LIMIT 5",
        lambda: evidence.merge(documents, left_on="from", right_on="id")
        .groupby(["id", "title"])
        .size()
        .reset_index(name="links")
        .sort_values(["links", "id"], ascending=[False, True])
        .head(5),
    )
    ask(
        "claims that most of their links oppose",
        "SELECT statement, count(*) AS links FROM evidence GROUP BY statement "
        "HAVING count_if(effect = 'Opposes') * 2 > count(*) ORDER BY links DESC, statement LIMIT 5",
        lambda: evidence.assign(opposes=evidence.effect == "Opposes")
        .groupby("statement")
        .agg(links=("opposes", "size"), opposed=("opposes", "sum"))
        .query("opposed * 2 > links")[["links"]]
        .reset_index()
        .sort_values(["links", "statement"], ascending=[False, True])
        .head(5),
    )

    # An entry's number counts through the tables, so that what the program reads is what the ids say.
    ids = pandas.concat([tables[name].id for name in ["actors", "documents", "claims", "relationships"]], ignore_index=True)
    assert (ids[evidence["from_entry"]].values == evidence["from"].values).all()
    assert (ids[evidence["statement_entry"]].values == evidence["statement"].values).all()
    print(f"\n{len(evidence)} links lead from and to the ids that their numbers say")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
