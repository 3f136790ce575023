"""What an agreement, an index table and a workspace are. See docs/format.md for the file."""

from iopctl.model.agreement import Acknowledgement, Agreement
from iopctl.model.base import MONTHS, DayOfYear, Length, Part, PartialDate, Unknown
from iopctl.model.contributions import (
    AfterEvent,
    Base,
    Contribution,
    Division,
    Followed,
    Indexation,
    Payment,
    PaymentPart,
    Population,
    Rounding,
    Threshold,
    YearRounding,
)
from iopctl.model.decisions import Decision
from iopctl.model.documents import DocumentPart, DocumentSettings, Recipient, Section
from iopctl.model.duties import Duty, LogEntry
from iopctl.model.grounds import CriterionId, StateAid
from iopctl.model.indices import (
    ChangeRow,
    ChangeTable,
    IndexRow,
    IndexSource,
    IndexTable,
    NumberRow,
    NumberTable,
    ReferenceLink,
    TableHead,
    WorkspaceChanges,
    WorkspaceNumbers,
    WorkspaceRows,
)
from iopctl.model.manual import ManualPage
from iopctl.model.parties import Forum, Party
from iopctl.model.period import Period
from iopctl.model.settings import Board, LeadTime, LeadTimes, Meeting, Pack, ScenarioName, Settings
from iopctl.model.template import TemplateHead
from iopctl.model.workspace import Workspace

__all__ = [
    "MONTHS",
    "Acknowledgement",
    "AfterEvent",
    "Agreement",
    "Base",
    "Board",
    "ChangeRow",
    "ChangeTable",
    "Contribution",
    "CriterionId",
    "DayOfYear",
    "Decision",
    "Division",
    "DocumentPart",
    "DocumentSettings",
    "Duty",
    "Followed",
    "Forum",
    "IndexRow",
    "IndexSource",
    "IndexTable",
    "Indexation",
    "LeadTime",
    "LeadTimes",
    "Length",
    "LogEntry",
    "ManualPage",
    "Meeting",
    "NumberRow",
    "NumberTable",
    "Pack",
    "Part",
    "PartialDate",
    "Party",
    "Payment",
    "PaymentPart",
    "Period",
    "Population",
    "Recipient",
    "ReferenceLink",
    "Rounding",
    "ScenarioName",
    "Section",
    "Settings",
    "StateAid",
    "TableHead",
    "TemplateHead",
    "Threshold",
    "Unknown",
    "Workspace",
    "WorkspaceChanges",
    "WorkspaceNumbers",
    "WorkspaceRows",
    "YearRounding",
]
