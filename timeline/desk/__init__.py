"""The editors' desk: what the pipeline proposes and readers report, and one press for what is to be done with it."""
