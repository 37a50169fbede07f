"""Reads a .tiderun file by docs/result-format.md alone, with the HdrHistogram package of PyPI, and prints what is in it as
JSON: a stranger's reader, to hold Tidemark's own against."""

import gzip
import json
import sys

from hdrh.histogram import HdrHistogram

PERCENTILES = {"p50": (50, 100), "p75": (75, 100), "p90": (90, 100), "p95": (95, 100), "p99": (99, 100), "p99.9": (999, 1000)}
A_DAY_US = 86_400_000_000


class Times:
    """One latency of one name: cells, and the exact figures that stand beside them."""

    def __init__(self, digits):
        self.cells = HdrHistogram(1, A_DAY_US, digits)
        self.count, self.sum_us, self.min_us, self.max_us = 0, 0, None, None

    def add(self, line):
        decoded = HdrHistogram.decode(line["hist"])
        assert decoded.get_total_count() == line["count"], "the histogram holds as many times as it says"
        self.cells.add(decoded)
        self.count += line["count"]
        self.sum_us += line["sum_us"]
        self.min_us = line["min_us"] if self.min_us is None else min(self.min_us, line["min_us"])
        self.max_us = line["max_us"] if self.max_us is None else max(self.max_us, line["max_us"])

    def percentile(self, part, whole):
        """The upper end of the cell with the time of this rank. (The library's own function rounds the rank.)"""
        rank = max(1, -(-self.count * part // whole))
        seen = 0
        for cell in self.cells.get_recorded_iterator():
            seen += cell.count_added_in_this_iter_step
            if seen >= rank:
                return min(self.cells.get_highest_equivalent_value(cell.value_iterated_to), self.max_us)
        return None

    def shown(self):
        figures = {"count": self.count, "sum_us": self.sum_us, "min_us": self.min_us, "max_us": self.max_us}
        return figures | {name: self.percentile(*share) for name, share in PERCENTILES.items()} if self.count else figures


class Row:
    def __init__(self, digits):
        self.ok, self.failed, self.bytes_in = 0, {}, 0
        latencies = ("response", "failed_response", "service", "failed_service")
        self.apart = {latency: Times(digits) for latency in latencies}
        self.together = {latency: Times(digits) for latency in ("response", "service")}

    def add(self, line):
        self.ok += line["ok"]
        self.bytes_in += line["bytes_in"]
        for kind, count in line.get("failed", {}).items():
            self.failed[kind] = self.failed.get(kind, 0) + count
        for ended in ("", "failed_"):
            response = line.get(ended + "response")
            for latency in ("response", "service") if response else ():
                times = line.get(ended + latency) or response
                self.apart[ended + latency].add(times)
                self.together[latency].add(times)

    def shown(self):
        figures = {"ok": self.ok, "failed": self.failed, "bytes_in": self.bytes_in}
        figures |= {"ok_" + name if name in self.together else name: times.shown() for name, times in self.apart.items()}
        return figures | {name: times.shown() for name, times in self.together.items()}


def lines(path):
    """Every whole line; a file may end anywhere."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (EOFError, json.JSONDecodeError):
        pass


def rows_of(found, digits):
    rows = {}
    for line in found:
        for row in line["rows"]:
            rows.setdefault(row["name"], Row(digits)).add(row)
    return rows


def main(path):
    everything = list(lines(path))
    header = everything[0]
    assert header["kind"] == "header" and header["format"] == 1
    intervals = [line for line in everything if line["kind"] == "interval" and not line["warm_up"]]
    totals = [line for line in everything if line["kind"] == "totals" and line["part"] == "measured"]

    def shown(rows):
        return {header["names"][name]["label"]: row.shown() for name, row in sorted(rows.items())}

    json.dump(
        {
            "sealed": header["sealed"],
            "complete": everything[-1]["kind"] == "end",
            "intervals": shown(rows_of(intervals, 2)),
            "totals": shown(rows_of(totals, 3)),
            "verdict": next((line["state"] for line in everything if line["kind"] == "verdict"), None),
        },
        sys.stdout,
    )


main(sys.argv[1])
