"""What an agreement, an index table and a workspace are. See docs/format.md for the file."""

from iopctl.model.agreement import Acknowledgement, Agreement
from iopctl.model.base import DayOfYear, Length, Part, PartialDate, Unknown
from iopctl.model.contributions import Contribution, Indexation, Payment, Rounding
from iopctl.model.decisions import Decision
from iopctl.model.documents import DocumentPart
from iopctl.model.duties import Duty, LogEntry
from iopctl.model.grounds import CriterionId, StateAid
from iopctl.model.indices import IndexRow, IndexTable, WorkspaceRows
from iopctl.model.manual import ManualPage
from iopctl.model.parties import Party
from iopctl.model.period import Period
from iopctl.model.settings import Pack, Settings
from iopctl.model.workspace import Workspace

__all__ = [
    "Acknowledgement",
    "Agreement",
    "Contribution",
    "CriterionId",
    "DayOfYear",
    "Decision",
    "DocumentPart",
    "Duty",
    "IndexRow",
    "IndexTable",
    "Indexation",
    "Length",
    "LogEntry",
    "ManualPage",
    "Pack",
    "Part",
    "PartialDate",
    "Party",
    "Payment",
    "Period",
    "Rounding",
    "Settings",
    "StateAid",
    "Unknown",
    "Workspace",
    "WorkspaceRows",
]
