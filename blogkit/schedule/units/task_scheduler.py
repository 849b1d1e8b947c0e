"""A task of the Task Scheduler, on Windows.

https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
"""

from __future__ import annotations

import re
import subprocess
from xml.sax.saxutils import escape

from blogkit.schedule.units.task import TimedTask

_PYTHON = re.compile(r"(?i)\\python(?:\.exe)?\Z")


def task_xml(task: TimedTask) -> bytes:
    """Return the task's definition, in UTF-16 as `schtasks` reads it.

    Args:
        task: What to start.
    """
    program, *arguments = task.words
    # without a console, whose window would open every few minutes
    windowless = _PYTHON.sub(lambda _: r"\pythonw.exe", program)
    text = _XML.format(
        description=escape(f"blogkit: do what is due in {task.folder}"),
        interval=_duration(task.minutes),
        program=escape(windowless),
        arguments=escape(subprocess.list2cmdline(arguments)),
    )
    return text.replace("\n", "\r\n").encode("utf-16")


def task_path(task: TimedTask) -> str:
    r"""Return the task's place in the library, such as `\blogkit\my-blog-1a2b3c4d`."""
    return rf"\blogkit\{task.name}"


def _duration(minutes: int) -> str:
    """Return a time as XML Schema writes it."""
    if minutes % (24 * 60) == 0:
        return f"P{minutes // (24 * 60)}D"
    return f"PT{minutes // 60}H" if minutes % 60 == 0 else f"PT{minutes}M"


_XML = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>{interval}</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
