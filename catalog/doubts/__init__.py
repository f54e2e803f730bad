"""What is asked about a row before it is saved: its figures held against each other and against the other rows'."""
