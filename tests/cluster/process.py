"""What a worker process of the tests does, with the database's address in the environment. It is
quick to notice a dead worker, and prints each result as a line.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from blogkit.cluster.database import QueueDatabase
from blogkit.cluster.engine import Timing
from blogkit.cluster.projects import Projects, database_url
from blogkit.cluster.worker import ClusterWorker
from blogkit.errors import JournalError
from blogkit.schedule import run
from blogkit.schedule.work import WorkResult
from tests.cluster.kinds import Publishing
from tests.cluster.sabotage import SABOTAGES

# after a minute, failed work would be tried again too late for a test
run.FIRST_RETRY = timedelta(seconds=1)
QUICK = Timing(sweep=1, heartbeat=0.5, stalled=2.0)


def tell(project: str, result: WorkResult) -> None:
    line = {"project": project, "site": result.due.site, "key": result.due.key, "ok": result.ok}
    sys.stdout.write(json.dumps({**line, "summary": result.summary}) + "\n")
    sys.stdout.flush()


def main(folder: str, concurrency: str = "2", sabotage: str = "") -> None:
    if sabotage:
        SABOTAGES[sabotage]()
    logging.basicConfig(level=logging.WARNING)
    database = QueueDatabase(database_url(os.environ))
    projects = Projects(Path(folder), many=True, database=database, environ=os.environ)
    worker = ClusterWorker(database, projects, [Publishing()], int(concurrency), QUICK, tell)
    while True:
        try:
            return worker.run()
        except JournalError:  # the database restarts just now: a service manager would try again
            time.sleep(0.2)
