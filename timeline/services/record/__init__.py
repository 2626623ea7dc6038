"""Loading a record file: the file against what stands in the database against what an earlier load put there."""

from timeline.services.record.load import Outcome, load_record

__all__ = ["Outcome", "load_record"]
