"""Have the machine start `blogkit run`: systemd, launchd, Task Scheduler or cron."""
