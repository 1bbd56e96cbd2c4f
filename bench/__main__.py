"""Prints the tables: `python -m bench [--engine postgresql|sqlite|both] [--small N] [--large N]`."""

import argparse
import os
import subprocess
import sys

from bench.database import database

SMALL, LARGE = 62_500, 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--engine", choices=["postgresql", "sqlite", "both"], default="both")
    parser.add_argument("--small", type=int, default=SMALL)
    parser.add_argument("--large", type=int, default=LARGE, help="0: only the small size")
    args = parser.parse_args()
    os.environ["DANVAN_ROOT_URLCONF"] = "bench.urls"
    if args.engine == "both":
        common = ["--small", str(args.small), "--large", str(args.large)]
        codes = [
            subprocess.call([sys.executable, "-m", "bench", "--engine", engine, *common])
            for engine in ("postgresql", "sqlite")
        ]
        return max(codes)
    with database(args.engine):
        return _measure(args.engine, [args.small] + ([args.large] if args.large and args.engine != "sqlite" else []))


def _measure(engine: str, sizes: list[int]) -> int:
    from bench.fill import fill, grow
    from bench.pages import Row, bare_page, pages

    failed = 0
    first: dict[str, Row] = {}
    for size in sizes:
        fill(size) if size == sizes[0] else grow(size)
        bare = bare_page()
        print(f"\n## {engine}, {size} việc (trang trống: {bare.milliseconds:.1f} ms CPU, {bare.statements} câu lệnh)\n")
        print("| trang | câu lệnh | ms CPU | × trang trống | mức | đạt |\n|---|---|---|---|---|---|")
        for row in pages():
            growth = row.cost.times / first[row.what].cost.times if row.what in first else 1.0
            first.setdefault(row.what, row)
            holds = row.holds and growth <= 1.3
            note = f"; {growth:.2f} × so với {sizes[0]}, mức ≤ 1,3 ×" if size != sizes[0] else ""
            failed += not holds
            print(f"| {row.what} | {row.cost.statements} | {row.cost.milliseconds:.1f} | {row.cost.times:.2f} | "
                  f"{row.limit}{note} | {'có' if holds else 'KHÔNG'} |", flush=True)  # fmt: skip
    failed += _writing(engine)
    return 1 if failed else 0


def _writing(engine: str) -> int:
    from bench.create import area, created, rates

    one = created(area())
    inserted, made, megabytes = rates()
    share = made / inserted
    start = _cold_start()
    lines = [
        ("tạo một việc", f"{one.statements} câu lệnh, {one.milliseconds:.1f} ms CPU", "≤ 15 câu lệnh",
         one.statements <= 15),
        ("tốc độ tạo, 8 máy khách", f"{made:.0f}/s so với chèn một dòng {inserted:.0f}/s = {share:.0%}", "≥ 40%",
         share >= 0.4 or engine == "sqlite"),
        ("bộ nhớ một tiến trình", f"{megabytes:.0f} MB", "≤ 120 MB", megabytes <= 120),
        ("khởi động nguội", f"{start:.1f} s CPU", "≤ 3 s", start <= 3),
    ]  # fmt: skip
    print("\n| ghi | đo được | mức | đạt |\n|---|---|---|---|")
    for what, measured, limit, holds in lines:
        print(f"| {what} | {measured} | {limit} | {'có' if holds else 'KHÔNG'} |")
    return sum(not holds for *_rest, holds in lines)


def _cold_start() -> float:
    """CPU seconds until the application can answer, in a new process."""
    code = "import time, danvan.web.wsgi, danvan.web.urls; print(time.process_time())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.strip().splitlines()[-1])


if __name__ == "__main__":
    sys.exit(main())
