"""What editors see of pages before anybody else does: verdicts, addresses and effects, which the catalog knows not."""
