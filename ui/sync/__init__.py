"""Exchange with the other side: enrolment, packages, receipts, each looked at before it is taken in."""
