"""What a timed job can do, for `Project.do_later`: the arguments of the project's methods."""

from blogkit.project.jobs.requests import Insert, JobRequest, Remove, Replace, SetLink, Undo
from blogkit.project.live.snippet import WidgetData

__all__ = ["Insert", "JobRequest", "Remove", "Replace", "SetLink", "Undo", "WidgetData"]
