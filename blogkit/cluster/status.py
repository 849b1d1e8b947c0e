"""What operators ask: workers, jobs that wait, what fails, and totals; also for Prometheus."""

from __future__ import annotations

from collections.abc import Sequence

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.records import Failure, Records, Total
from blogkit.dataclass import dataclass

LATE_SECONDS = 300
"""A job that waits for longer is late: no worker takes it, or there are too few."""
_WORKERS = """
SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => 60)) FROM procrastinate_workers
"""  # noqa: E501
_JOBS = """
SELECT queue_name, status::text, count(*),
extract(epoch FROM now() - min(coalesce(scheduled_at, deferred)))
FROM procrastinate_jobs AS job JOIN LATERAL
(SELECT min(at) AS deferred FROM procrastinate_events WHERE job_id = job.id) AS first ON true
WHERE status IN ('todo', 'doing') AND task_name = 'look' GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Jobs:
    """The jobs of a queue that have not ended.

    Attributes:
        queue: The queue's name.
        running: Whether workers have them; otherwise they wait.
        count: Their number.
        oldest: Seconds since the first of them was to begin.
    """

    queue: str
    running: bool
    count: int
    oldest: float


@dataclass(frozen=True)
class ClusterStatus:
    """The state of all workers of a database.

    Attributes:
        workers: How many have given a sign of life within a minute.
        jobs: The jobs that wait or run.
        failures: The work that fails.
        totals: What has been done, by blog and site.
    """

    workers: int
    jobs: Sequence[Jobs]
    failures: Sequence[Failure]
    totals: Sequence[Total]

    @property
    def well(self) -> bool:
        """Whether there are workers, and no job waits for long."""
        late = [one for one in self.jobs if not one.running and one.oldest > LATE_SECONDS]
        return self.workers > 0 and not late


def read_status(database: QueueDatabase) -> ClusterStatus:
    """Return the state of all workers.

    Args:
        database: Their database, with its tables.

    Raises:
        JournalError: The server cannot be reached.
    """
    [(workers,)] = database.execute(_WORKERS)
    jobs = [
        Jobs(queue, status == "doing", count, max(0.0, float(oldest)))
        for queue, status, count, oldest in database.execute(_JOBS)
    ]
    records = Records(database)
    return ClusterStatus(int(workers), jobs, records.failures(), records.totals())


def metrics_of(status: ClusterStatus) -> str:
    """Return the state in Prometheus' text format.

    https://prometheus.io/docs/instrumenting/exposition_formats/

    Args:
        status: The state.
    """
    lines = ["# TYPE blogkit_workers gauge", f"blogkit_workers {status.workers}"]
    lines += ["# TYPE blogkit_jobs gauge", "# TYPE blogkit_oldest_job_seconds gauge"]
    for one in status.jobs:
        labels = f'{{queue="{one.queue}",state="{"running" if one.running else "waiting"}"}}'
        lines.append(f"blogkit_jobs{labels} {one.count}")
        lines.append(f"blogkit_oldest_job_seconds{labels} {one.oldest:.1f}")
    lines.append("# TYPE blogkit_failing gauge")
    failing: dict[tuple[str, str], int] = {}
    for each in status.failures:
        failing[each.project, each.site] = failing.get((each.project, each.site), 0) + 1
    lines += [f"blogkit_failing{_labels(*who)} {count}" for who, count in failing.items()]
    for name in ("done", "failed", "seconds", "requests"):
        lines.append(f"# TYPE blogkit_{name}_total counter")
        lines += [
            f"blogkit_{name}_total{_labels(one.project, one.site)} {getattr(one, name)}"
            for one in status.totals
        ]
    return "\n".join(lines) + "\n"


def _labels(project: str, site: str) -> str:
    """Return labels. Names of blogs and sites hold no character that needs an escape."""
    return f'{{blog="{project}",site="{site}"}}'
