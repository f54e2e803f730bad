"""What is asked about a row before it is saved: its figures held against each other and against the other rows'."""

from catalog.doubts.asking import answered, doubts, reason_for, unanswered
from catalog.doubts.doubt import Doubt
from catalog.doubts.others import Others

__all__ = ["Doubt", "Others", "answered", "doubts", "reason_for", "unanswered"]
